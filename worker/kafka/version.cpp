#include "kafka/version.hpp"

#include <librdkafka/rdkafka.h>

namespace kafka {
namespace {

constexpr int oldest = 0x02000200;
constexpr int without_known_defects = 0x02080000;

}  // namespace

std::string client_version() { return rd_kafka_version_str(); }

VersionAdvice advice_on(int version) {
  if (version < oldest) return VersionAdvice::refuse;
  return version < without_known_defects ? VersionAdvice::old : VersionAdvice::fine;
}

VersionAdvice advice_on_client_version() { return advice_on(rd_kafka_version()); }

}  // namespace kafka

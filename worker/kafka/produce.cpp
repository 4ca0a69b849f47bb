#include "kafka/produce.hpp"

#include <vector>

#include "kafka/handles.hpp"

namespace kafka {

rd_kafka_resp_err_t produce(rd_kafka_t* client, const Production& production) {
  std::vector<rd_kafka_vu_t> fields(5);
  fields[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  fields[0].u.cstr = production.topic->c_str();
  fields[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  fields[1].u.i32 = production.partition;
  fields[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  fields[2].u.i = RD_KAFKA_MSG_F_COPY;
  fields[3].vtype = RD_KAFKA_VTYPE_OPAQUE;
  fields[3].u.ptr = production.opaque;
  fields[4].vtype = RD_KAFKA_VTYPE_VALUE;
  // An empty value is not a tombstone: only a missing pointer is.
  fields[4].u.mem.ptr = production.value ? const_cast<char*>(production.value->data()) : nullptr;
  fields[4].u.mem.size = production.value ? production.value->size() : 0;
  if (production.value && fields[4].u.mem.ptr == nullptr) fields[4].u.mem.ptr = const_cast<char*>("");
  if (!production.key.empty()) {
    auto& key = fields.emplace_back();
    key.vtype = RD_KAFKA_VTYPE_KEY;
    key.u.mem.ptr = const_cast<char*>(production.key.data());
    key.u.mem.size = production.key.size();
  }
  if (!production.trace_parent.empty()) {
    auto& header = fields.emplace_back();
    header.vtype = RD_KAFKA_VTYPE_HEADER;
    header.u.header.name = trace_parent_header;
    header.u.header.val = production.trace_parent.data();
    header.u.header.size = static_cast<ssize_t>(production.trace_parent.size());
  }
  const ErrorHandle error{rd_kafka_produceva(client, fields.data(), fields.size())};
  return error ? rd_kafka_error_code(error.get()) : RD_KAFKA_RESP_ERR_NO_ERROR;
}

}  // namespace kafka

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "support/memory_kafka_group.hpp"
#include "support/memory_kafka_log.hpp"
#include "support/seeded_random.hpp"
#include "support/virtual_clock.hpp"

namespace support {

namespace topic {
inline constexpr std::string_view exports = "segment-exports";
inline constexpr std::string_view control = "export-control";
inline constexpr std::string_view decided = "decided-contacts";
inline constexpr std::string_view deliveries = "export-deliveries";
inline constexpr std::string_view credentials = "export-credentials";
inline constexpr std::string_view results = "export-results";
inline constexpr std::string_view rejects = "export-rejects";
}  // namespace topic

struct KafkaDelays {
  std::chrono::nanoseconds way_most{std::chrono::milliseconds{20}};     ///< Of a message between a client and a broker.
  std::chrono::nanoseconds slow_most{std::chrono::seconds{8}};          ///< The same, now and then.
  double slow_share = 0.02;                                             ///< How often.
  std::chrono::nanoseconds transaction{std::chrono::seconds{30}};       ///< Until a transaction left open is aborted.
  std::chrono::nanoseconds linger_most{std::chrono::milliseconds{50}};  ///< What a dead process sent may still arrive.
  GroupDelays group;
};

/// What goes wrong by chance at a message or a call; nothing unless set.
struct KafkaFaults {
  double failing_calls = 0;          ///< Are answered with an error that allows a repeat.
  double lost_transactions = 0;      ///< Never reach the brokers, or are begun and never ended.
  double lost_answers = 0;           ///< Of transactions that are committed.
  double lost_commits = 0;           ///< Of the input's offsets; they are sent again.
  double late_acknowledgements = 0;  ///< Of what intake produces: as late as `late_most`.
  std::chrono::nanoseconds late_most{std::chrono::seconds{30}};
};

/// The brokers: topics, groups and transactional ids, all in virtual time. Clients are made by the other
/// memory_kafka_*.
class MemoryKafka {
 public:
  MemoryKafka(VirtualTime& time, std::uint64_t seed, KafkaDelays delays = {});

  /// Topics of the names above, with the input's and the outbox's partitions; groups begin at offset 0.
  void create_topics(std::int32_t input_partitions, std::int32_t outbox_partitions);
  void create(std::string_view topic, std::int32_t partitions);

  std::int32_t partitions(std::string_view topic) const;
  MemoryLog& log(std::string_view topic, std::int32_t partition);
  std::int32_t partition_of(std::string_view topic, std::string_view key) const;
  /// Rung when any partition of the topic has grown.
  Bell& topic_grown(std::string_view topic) { return *topics_.find(topic)->second.grown; }
  /// As upstream or a person does it: in the log at once, in the key's partition.
  const StoredRecord& append(std::string_view topic, MemoryRecord record);
  /// What a read_committed consumer would have read so far, partition by partition.
  std::vector<StoredRecord> read_all(std::string_view topic);

  /// What compaction could leave of a table: the newest value of each key, none for a tombstone.
  std::map<std::string, std::string> newest(std::string_view topic);

  /// The group of a stage over its topic; made when it is first asked for.
  MemoryGroup& group(std::string_view topic);

  /// Who may write under a transactional id.
  struct Epoch {
    std::uint64_t number = 0;
    TransactionNumber open = 0;                                   ///< None: 0.
    std::set<std::pair<std::string, std::int32_t>> partitions{};  ///< That the open transaction wrote to.
  };
  Epoch& epoch(const std::string& transactional_id) { return epochs_[transactional_id]; }
  /// Fences whoever wrote under the id, and aborts what it left open.
  std::uint64_t fence(const std::string& transactional_id);
  /// Opens a transaction; it is aborted, and its producer fenced, if it is still open when its time is over.
  void begin(const std::string& transactional_id);
  void end(const std::string& transactional_id, MemoryLog::Ending ending);

  /// From now on; until then nothing goes wrong but what the delays say.
  void set_faults(const KafkaFaults& faults) { faults_ = faults; }
  const KafkaFaults& faults() const { return faults_; }
  /// Draws whether such a fault comes now, and counts it.
  bool strikes(double KafkaFaults::* share, std::string_view name);
  /// No message arrives for so long; what is sent meanwhile comes afterwards.
  void go_away_for(std::chrono::nanoseconds duration);
  /// So often each fault has come.
  const std::map<std::string, std::uint64_t, std::less<>>& struck() const { return struck_; }
  void count(std::string_view fault) { ++struck_[std::string{fault}]; }

  VirtualTime& time() { return time_; }
  const KafkaDelays& delays() const { return delays_; }
  /// How long the next message is on its way.
  std::chrono::nanoseconds way();
  SeededRandom& random() { return random_; }

 private:
  struct Topic {
    std::unique_ptr<Bell> grown;
    std::vector<std::unique_ptr<MemoryLog>> logs;
  };

  VirtualTime& time_;
  SeededRandom random_;
  KafkaDelays delays_;
  KafkaFaults faults_;
  std::chrono::nanoseconds away_until_{};
  std::map<std::string, std::uint64_t, std::less<>> struck_;
  std::map<std::string, Topic, std::less<>> topics_;
  std::map<std::string, std::unique_ptr<MemoryGroup>, std::less<>> groups_;
  std::map<std::string, Epoch> epochs_;
  TransactionNumber transactions_ = 0;
};

/// What one process has to do with Kafka. Its death ends all of it at once, wherever it stands.
class KafkaProcess {
 public:
  explicit KafkaProcess(MemoryKafka& kafka) : kafka_{kafka}, never_{kafka.time().loop().get_executor()} {}
  KafkaProcess(const KafkaProcess&) = delete;
  KafkaProcess& operator=(const KafkaProcess&) = delete;

  MemoryKafka& kafka() { return kafka_; }
  bool dead() const { return dead_; }
  /// Whether what this process sent arrives now; for a moment it does so after its death, perhaps.
  bool reaches() const { return !dead_ || kafka_.time().elapsed() <= lingers_until_; }

  /// How the records fare that its plain producer had on their way.
  enum class Loss : std::uint8_t {
    prefix,     ///< The brokers may have taken some more of each partition, in order, as they promise.
    scattered,  ///< Any of those of which `may_overtake` says so, also without what was before them: harder than that.
  };
  void die(Loss loss = Loss::prefix);
  /// Asked as a record of the plain producer arrives.
  bool brings(std::string_view value);
  std::function<bool(std::string_view)> may_overtake;

  /// The plain producer's records arrive no earlier than this.
  void stall(std::chrono::nanoseconds for_so_long) { stalled_until_ = kafka_.time().elapsed() + for_so_long; }
  std::chrono::nanoseconds stalled_until() const { return stalled_until_; }

  /// Stands still for so long, as in a process that is stopped and woken; what is on its way goes on.
  void pause_for(std::chrono::nanoseconds duration);
  /// How long it still stands still; zero: it does not.
  std::chrono::nanoseconds pause_left() const;
  /// Whether a call of it fails now.
  bool call_fails() { return kafka_.strikes(&KafkaFaults::failing_calls, "a call to the brokers failed"); }

  /// Its groups hear nothing of it for so long, while it goes on.
  void fall_silent_for(std::chrono::nanoseconds duration);
  /// Dies at the message with this number from now on.
  void die_at_message(std::uint64_t number) { messages_left_ = number; }
  /// Counts a message that it is about to send; it may die of it.
  void count_message();

  /// Called with the duration of each silence, at its begin.
  void on_silence(std::function<void(std::chrono::nanoseconds)> what) { at_silence_.push_back(std::move(what)); }
  /// Called at its death.
  void on_death(std::function<void()> what) { at_death_.push_back(std::move(what)); }

  /// One message's way; never ends in a dead process. Cancelling: operation_aborted.
  boost::asio::awaitable<void> travel();
  /// Ends at once, in a process that stands still when it goes on, and in a dead one never.
  boost::asio::awaitable<void> live();

 private:
  MemoryKafka& kafka_;
  bool dead_ = false;
  Loss loss_ = Loss::prefix;
  std::chrono::nanoseconds lingers_until_{};
  std::chrono::nanoseconds stalled_until_{};
  std::chrono::nanoseconds paused_until_{};
  std::vector<std::function<void()>> at_death_;
  std::uint64_t messages_left_ = 0;  ///< 0: it lives.
  std::vector<std::function<void(std::chrono::nanoseconds)>> at_silence_;
  Bell never_;
};

}  // namespace support

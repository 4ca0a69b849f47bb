#include "delivery/workshop.hpp"

namespace delivery {

Workshop::Workshop(Start start, const ClaimParts& parts, JournalWriter& writer, TaskGroup& tasks, Wake& changed,
                   bool& draining)
    : lines_{TokenKeeper::Parts{start.partition, parts.settings, parts.clock, parts.random, parts.observer, writer,
                                parts.credentials, parts.cipher, parts.refresher, parts.executor}},
      context_{.partition = start.partition,
               .claim_id = start.claim_id,
               .settings = parts.settings,
               .clock = parts.clock,
               .random = parts.random,
               .observer = parts.observer,
               .outbox = parts.outbox,
               .api = parts.api,
               .encoders = parts.encoders,
               .directory = parts.directory,
               .credentials = parts.credentials,
               .writer = writer,
               .book = book_,
               .order = order_,
               .lines = lines_,
               .tasks = tasks,
               .changed = changed,
               .trusted = trusted_,
               .draining = draining,
               .executor = parts.executor},
      packer_{context_},
      index_{context_, start.from, start.known_end},
      dispatcher_{context_, packer_} {}

}  // namespace delivery

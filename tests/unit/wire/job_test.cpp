#include <gtest/gtest.h>
#include <segment_export/v1/arrives.pb.h>

#include "wire/input.hpp"

namespace wire {
namespace {

namespace pb = segment_export::v1;
using Kind = Unreadable::Kind;

pb::ExportJob small_job() {
  pb::ExportJob job;
  job.set_run_id("run-1");
  job.set_export_id("export-1");
  job.set_connection_id("connection-1");
  job.add_list_ids("list-1");
  job.mutable_mapping()->set_email_attribute("EMail");
  return job;
}

Result<InputMessage> read(const pb::ExportJob& job) {
  pb::ExportMessage record;
  *record.mutable_job() = job;
  return InputReader{}.read(record.SerializeAsString());
}

Kind refusal(const pb::ExportJob& job) {
  const auto message = read(job);
  return message ? throw std::logic_error{"it was read"} : message.error().kind;
}

template <class Change>
pb::ExportJob with(Change change) {
  pb::ExportJob job = small_job();
  change(job);
  return job;
}

TEST(Job, HasTheDefaultsThatTheMessageDocuments) {
  const auto message = read(small_job());
  const auto& job = std::get<run::ExportJob>(message.value());
  EXPECT_EQ(job.trigger, run::Trigger::system_refresh);
  EXPECT_EQ(job.over_cap, run::OverCap::skip);
  EXPECT_EQ(job.older_run, run::OlderRun::replace);
  EXPECT_EQ(job.incomplete, run::Incomplete::deliver);
  EXPECT_EQ(job.cap, 0U);
  EXPECT_TRUE(job.application.empty());
  EXPECT_TRUE(job.segments.empty());
}

TEST(Job, IsRefusedWithoutRunExportOrList) {
  EXPECT_EQ(refusal(with([](auto& job) { job.clear_run_id(); })), Kind::out_of_bounds);
  EXPECT_EQ(refusal(with([](auto& job) { job.clear_export_id(); })), Kind::out_of_bounds);
  EXPECT_EQ(refusal(with([](auto& job) { job.clear_list_ids(); })), Kind::out_of_bounds);
  EXPECT_EQ(refusal(with([](auto& job) { job.add_list_ids(""); })), Kind::out_of_bounds);
}

TEST(Job, IsReadWithoutAnEmailAttributeOrAConnection) {
  EXPECT_TRUE(read(with([](auto& job) { job.clear_mapping(); })));
  EXPECT_TRUE(read(with([](auto& job) { job.clear_connection_id(); })));
}

TEST(Job, IsRefusedForIdentifiersAndNamesThatAreTooLong) {
  EXPECT_TRUE(read(with([](auto& job) { job.set_application(std::string(256, 'a')); })));
  EXPECT_EQ(refusal(with([](auto& job) { job.set_application(std::string(257, 'a')); })), Kind::out_of_bounds);
  EXPECT_EQ(refusal(with([](auto& job) { job.set_connection_id(std::string(257, 'a')); })), Kind::out_of_bounds);
  EXPECT_EQ(refusal(with([](auto& job) { job.set_list_ids(0, std::string(257, 'a')); })), Kind::out_of_bounds);
  EXPECT_TRUE(read(with([](auto& job) { job.set_export_name(std::string(1024, 'a')); })));
  EXPECT_EQ(refusal(with([](auto& job) { job.set_export_name(std::string(1025, 'a')); })), Kind::out_of_bounds);
  EXPECT_EQ(refusal(with([](auto& job) { job.set_consent_reference(std::string(1025, 'a')); })), Kind::out_of_bounds);
}

TEST(Job, HasAtMostFiftyLists) {
  const auto lists = [](int count) {
    return with([count](auto& job) {
      while (job.list_ids_size() < count) job.add_list_ids("list");
    });
  };
  EXPECT_TRUE(read(lists(50)));
  EXPECT_EQ(refusal(lists(51)), Kind::out_of_bounds);
}

TEST(Job, HasAtMostAThousandSegments) {
  const auto segments = [](int count) {
    return with([count](auto& job) {
      while (job.segments_size() < count) job.add_segments()->set_id("segment-" + std::to_string(job.segments_size()));
    });
  };
  EXPECT_TRUE(read(segments(1000)));
  EXPECT_EQ(refusal(segments(1001)), Kind::out_of_bounds);
}

TEST(Job, NamesEachSegmentOnce) {
  EXPECT_EQ(refusal(with([](auto& job) {
              job.add_segments()->set_id("s");
              job.add_segments()->set_id("s");
            })),
            Kind::out_of_bounds);
  EXPECT_EQ(refusal(with([](auto& job) { job.add_segments()->set_name("no id"); })), Kind::out_of_bounds);
}

TEST(Job, HasAtMostTwentyFiveCustomFields) {
  const auto fields = [](int count) {
    return with([count](auto& job) {
      for (int index = 0; index < count; ++index) {
        auto& field = *job.mutable_mapping()->add_fields();
        field.set_attribute("attribute");
        field.set_custom_field("field-" + std::to_string(index));
      }
      auto& standard = *job.mutable_mapping()->add_fields();
      standard.set_attribute("FirstName");
      standard.set_standard_field("first_name");
    });
  };
  EXPECT_TRUE(read(fields(25)));
  EXPECT_EQ(refusal(fields(26)), Kind::out_of_bounds);
}

template <class Change>
pb::ExportJob with_field(Change change) {
  return with([&change](auto& job) {
    auto& field = *job.mutable_mapping()->add_fields();
    field.set_attribute("attribute");
    change(field);
  });
}

TEST(Job, IsRefusedForFieldsThatLeadNowhere) {
  EXPECT_EQ(refusal(with_field([](auto&) {})), Kind::malformed);
  EXPECT_EQ(refusal(with_field([](auto& field) { field.set_standard_field("shoe_size"); })), Kind::out_of_bounds);
  EXPECT_EQ(refusal(with_field([](auto& field) { field.set_custom_field(""); })), Kind::out_of_bounds);
  EXPECT_EQ(refusal(with_field([](auto& field) {
              field.clear_attribute();
              field.set_custom_field("x");
            })),
            Kind::out_of_bounds);
}

TEST(Job, FillsEachFieldOnce) {
  const auto field = [](auto& job) {
    job.mutable_mapping()->add_fields()->set_attribute("a");
    job.mutable_mapping()->mutable_fields()->rbegin()->set_standard_field("city");
  };
  EXPECT_TRUE(read(with([&](auto& job) { field(job); })));
  EXPECT_EQ(refusal(with([&](auto& job) {
              field(job);
              field(job);
            })),
            Kind::out_of_bounds);
}

TEST(Job, IsAtMost256KiB) {
  const auto attributes = [](int count) {
    return with([count](auto& job) {
      for (int index = 0; index < count; ++index) {
        job.add_segments()->set_id(std::to_string(index));
        job.mutable_segments()->rbegin()->set_name(std::string(1000, 'n'));
      }
    });
  };
  EXPECT_TRUE(read(attributes(255)));
  EXPECT_EQ(refusal(attributes(265)), Kind::out_of_bounds);
}

TEST(Job, IsRefusedForAnEnumeratorOfALaterRelease) {
  EXPECT_EQ(refusal(with([](auto& job) { job.set_over_cap(static_cast<pb::OverCap>(99)); })), Kind::unknown_kind);
}

TEST(Job, IsRefusedWithoutRepeatingItsContent) {
  const auto message = read(with([](auto& job) { job.set_run_id("canary" + std::string(300, 'x')); }));
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().detail, "run_id is longer than 256 bytes");
}

}  // namespace
}  // namespace wire

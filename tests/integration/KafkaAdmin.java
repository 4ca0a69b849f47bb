import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What an administrator does to a cluster that neither our command line nor Debian's Python client can do. */
class KafkaAdmin {
  static final String USAGE =
      """
      KafkaAdmin BOOTSTRAP delete-records TOPIC PARTITION OFFSET      all below it
      KafkaAdmin BOOTSTRAP deny RESOURCE NAME OPERATION               to everybody, whatever else is allowed
      KafkaAdmin BOOTSTRAP allow RESOURCE NAME                        everything again
      """;

  public static void main(String[] arguments) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", arguments[0]))) {
      switch (arguments[1]) {
        case "delete-records" -> {
          TopicPartition partition = new TopicPartition(arguments[2], Integer.parseInt(arguments[3]));
          RecordsToDelete below = RecordsToDelete.beforeOffset(Long.parseLong(arguments[4]));
          admin.deleteRecords(Map.of(partition, below)).all().get();
        }
        case "deny" -> admin.createAcls(List.of(entry(arguments, AclOperation.ALL, AclPermissionType.ALLOW),
            entry(arguments, AclOperation.fromString(arguments[4]), AclPermissionType.DENY))).all().get();
        case "allow" -> admin.deleteAcls(List.of(new AclBindingFilter(
            resource(arguments).toFilter(), AccessControlEntryFilter.ANY))).all().get();
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
  }

  static ResourcePattern resource(String[] arguments) {
    return new ResourcePattern(ResourceType.fromString(arguments[2]), arguments[3], PatternType.LITERAL);
  }

  static AclBinding entry(String[] arguments, AclOperation operation, AclPermissionType permission) {
    return new AclBinding(resource(arguments), new AccessControlEntry("User:*", "*", operation, permission));
  }
}

package org.cellstream.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A compose file, with those of its keys that are used here; any other is refused. */
record Compose(
        String name, Map<String, Service> services, Map<String, Map<String, String>> volumes) {

    /** A container; what is not written is empty. */
    record Service(
            String image,
            @Nullable Build build,
            List<String> entrypoint,
            List<String> command,
            Map<String, String> environment,
            List<String> ports,
            List<String> volumes,
            @JsonProperty("depends_on") Map<String, Dependency> dependsOn,
            @Nullable Healthcheck healthcheck,
            @Nullable Restart restart) {

        Service {
            entrypoint = Objects.requireNonNullElse(entrypoint, List.of());
            command = Objects.requireNonNullElse(command, List.of());
            environment = Objects.requireNonNullElse(environment, Map.of());
            ports = Objects.requireNonNullElse(ports, List.of());
            volumes = Objects.requireNonNullElse(volumes, List.of());
            dependsOn = Objects.requireNonNullElse(dependsOn, Map.of());
        }

        /** Where in the container a volume or a file is mounted; null if it is not. */
        @Nullable String mountOf(String source) {
            return volumes.stream()
                    .map(v -> v.split(":", -1))
                    .filter(v -> v[0].equals(source))
                    .map(v -> v[1])
                    .findFirst()
                    .orElse(null);
        }
    }

    record Build(String context, String dockerfile) {}

    record Dependency(Condition condition) {}

    record Healthcheck(List<String> test, String interval, String timeout, int retries) {}

    /** When a dependency is met. */
    enum Condition {
        @JsonProperty("service_started")
        STARTED,
        @JsonProperty("service_healthy")
        HEALTHY,
        @JsonProperty("service_completed_successfully")
        COMPLETED
    }

    /** When a container is started again. */
    enum Restart {
        @JsonProperty("on-failure")
        ON_FAILURE
    }

    static Compose read() throws IOException {
        return StrictYaml.read(Project.DOCKER.resolve("compose.yaml"), Compose.class);
    }

    Service service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }
}

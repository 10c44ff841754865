package org.cellstream.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;

/** The manifests of {@code kubernetes/base}, read strictly into the classes of their readers. */
final class Manifests {

    private static final String FLINK_VERSION = "flinkVersion";

    private Manifests() {}

    /** Of kustomize, what is used here. */
    record Kustomization(String apiVersion, String kind, List<String> resources) {}

    /**
     * The deployment but for its Flink version: the newest operator whose classes are published
     * knows none after 1.20.
     */
    static FlinkDeployment flinkDeployment() throws IOException {
        ObjectNode tree = flinkDeploymentTree();
        spec(tree).remove(FLINK_VERSION);
        return StrictYaml.convert(tree, FlinkDeployment.class);
    }

    static String flinkVersion() throws IOException {
        return spec(flinkDeploymentTree()).required(FLINK_VERSION).textValue();
    }

    private static ObjectNode flinkDeploymentTree() throws IOException {
        return tree("flink-deployment.yaml");
    }

    /** A manifest as it is written. */
    static ObjectNode tree(String name) throws IOException {
        return StrictYaml.read(file(name), ObjectNode.class);
    }

    private static ObjectNode spec(ObjectNode tree) {
        return (ObjectNode) tree.required("spec");
    }

    static ConfigMap configMap() throws IOException {
        return StrictYaml.read(file("config-map.yaml"), ConfigMap.class);
    }

    static PersistentVolumeClaim state() throws IOException {
        return StrictYaml.read(file("state.yaml"), PersistentVolumeClaim.class);
    }

    static Kustomization kustomization() throws IOException {
        return StrictYaml.read(file("kustomization.yaml"), Kustomization.class);
    }

    private static Path file(String name) {
        return Project.KUBERNETES.resolve(name);
    }
}

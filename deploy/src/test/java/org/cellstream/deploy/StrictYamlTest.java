package org.cellstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest {

    @Test
    void readsWhatTheModelKnows() throws Exception {
        ConfigMap map = StrictYaml.parse("metadata: {name: a}\ndata: {b: c}", ConfigMap.class);

        assertThat(map.getData()).containsEntry("b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec: {flinkConfigurations: {}}",
                "spec: {job: {jarUri: local:///a.jar}}",
                "spec: {podTemplate: {spec: {volume: []}}}",
                "spec: {image: a, image: b}",
                "spec: {flinkConfiguration: {a: 1}}",
                "spec: {flinkConfiguration: {a: true}}",
                "spec: {image: a}\n---\nspec: {image: b}"
            })
    void refusesWhatTheModelDoesNotKnowAndWhatIsThereTwice(String manifest) {
        assertThatThrownBy(() -> StrictYaml.parse(manifest, FlinkDeployment.class))
                .isInstanceOfAny(JacksonException.class, IllegalArgumentException.class);
    }
}

package org.cellstream.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipFile;
import org.cellstream.model.KeyedRunner;
import org.cellstream.model.ModelFile;
import org.cellstream.model.WindowRunner;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that Keras itself wrote, against outputs and states that were computed in float64 from the
 * equations in Keras' documentation. They lie beside the project; without them it is skipped.
 */
class KerasReferenceTest {

    private static final Path FILES = Path.of("../../shared/data/keras");

    /** Ours sums in floats. */
    private static final double TOLERANCE = 1e-5;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keras-2.13-two-lstm.h5",
                "keras-2.13-two-lstm.keras",
                "keras-3.6-one-lstm.keras",
                "keras-3.15-two-gru.keras"
            })
    void givesTheOutputsAndStatesOfKerasFiles(String name) throws IOException {
        assumeTrue(Files.exists(FILES.resolve(name)), () -> "there is no " + FILES + "/" + name);
        ModelFile model = AnyModel.read(FILES.resolve(name), null);
        JsonNode calls = expected(name).path("calls");
        KeyedRunner runner = new KeyedRunner(model.weights());

        assertThat(calls).hasSize(4);
        for (JsonNode call : calls) {
            int rows = call.path("inputs").get(0).size();
            for (int r = 0; r < rows; r++) {
                String key = "row " + r;
                if (call.path("resetBefore").asBoolean()) {
                    runner.reset(key);
                }
                for (int t = 0; t < call.path("inputs").size(); t++) {
                    float[] y = runner.step(key, floats(call.path("inputs").get(t).get(r)));
                    assertClose(y, call.path("outputs").get(t).get(r));
                }
                assertStates(model.network(), runner.state(key), call, r);
            }
        }
    }

    /** Each call is a window by itself, from zeros. */
    @Test
    void givesTheOutputsOfABidirectionalKerasFile() throws IOException {
        String name = "keras-3.8-two-bidirectional.keras";
        assumeTrue(Files.exists(FILES.resolve(name)), () -> "there is no " + FILES + "/" + name);
        ModelFile model = AnyModel.read(FILES.resolve(name), null);
        JsonNode calls = expected(name).path("calls");

        assertThat(calls).hasSize(4);
        for (JsonNode call : calls) {
            JsonNode inputs = call.path("inputs");
            for (int r = 0; r < inputs.get(0).size(); r++) {
                int width = model.network().inputs();
                float[] x = new float[inputs.size() * width];
                for (int t = 0; t < inputs.size(); t++) {
                    System.arraycopy(floats(inputs.get(t).get(r)), 0, x, t * width, width);
                }
                float[] y = new WindowRunner(model.weights()).run(inputs.size(), x);
                int outputs = model.network().outputs();
                for (int t = 0; t < inputs.size(); t++) {
                    float[] row = Arrays.copyOfRange(y, t * outputs, (t + 1) * outputs);
                    assertClose(row, call.path("outputs").get(t).get(r));
                }
            }
        }
    }

    /** What {@code save_weights} writes is what lies in a .keras file beside the description. */
    @ParameterizedTest
    @ValueSource(strings = {"keras-3.6-one-lstm.keras", "keras-3.15-two-gru.keras"})
    void readsTheWeightsOfKerasFilesAlone(String name) throws IOException {
        assumeTrue(Files.exists(FILES.resolve(name)), () -> "there is no " + FILES + "/" + name);
        ModelFile model = AnyModel.read(FILES.resolve(name), null);
        Path alone = folder.resolve("model.weights.h5");
        try (ZipFile zip = new ZipFile(FILES.resolve(name).toFile())) {
            Files.copy(zip.getInputStream(zip.getEntry("model.weights.h5")), alone);
        }

        assertThat(AnyModel.read(alone, model.network().text())).isEqualTo(model);
    }

    private static void assertStates(Network network, float[] state, JsonNode call, int row) {
        int recurrent = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            int size = network.layers().get(i).stateSize();
            if (size > 0) {
                JsonNode h = call.path("finalH").get(recurrent).get(row);
                int at = network.stateOffset(i);
                assertClose(Arrays.copyOfRange(state, at, at + h.size()), h);
                if (size > h.size()) {
                    assertClose(
                            Arrays.copyOfRange(state, at + h.size(), at + size),
                            call.path("finalC").get(recurrent).get(row));
                }
                recurrent++;
            }
        }
        assertThat(recurrent).isEqualTo(call.path("finalH").size());
    }

    private static void assertClose(float[] ours, JsonNode theirs) {
        assertThat(ours).hasSize(theirs.size());
        for (int i = 0; i < ours.length; i++) {
            assertThat((double) ours[i]).isCloseTo(theirs.get(i).asDouble(), within(TOLERANCE));
        }
    }

    private static float[] floats(JsonNode list) {
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) list.get(i).asDouble();
        }
        return floats;
    }

    private static JsonNode expected(String name) throws IOException {
        return KerasFixture.JSON.readTree(FILES.resolve(name + ".expected.json").toFile());
    }
}

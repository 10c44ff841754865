package org.cellstream.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the tests write themselves, after the layout that Keras documents. */
class KerasFileTest {

    private static final int MUTATIONS = 100;

    @TempDir private Path folder;
    private final KerasFixture fixture = new KerasFixture();

    @Test
    void readsTheSameFromEveryFormat() throws IOException {
        KerasFixture some = lstmAndDense();

        ModelFile zipped = AnyModel.read(some.keras(file("m.keras"), "cell", ""), null);
        ModelFile h5 = AnyModel.read(some.h5(file("m.h5"), true), null);
        ModelFile alone = AnyModel.read(some.h5(file("w.h5"), false), "lstm(2) dense(1)");

        assertThat(zipped.network()).isEqualTo(Network.parse("lstm(2) dense(1)", 3));
        assertThat(h5).isEqualTo(zipped);
        assertThat(alone).isEqualTo(zipped);
    }

    @Test
    void transposesWhatKerasMultipliesFromTheRight() throws IOException {
        float[][] kernel = fixture.matrix(3, 8);
        fixture.layer(
                "LSTM",
                "a",
                config -> config.put("units", 2).put("stateful", true),
                kernel,
                fixture.matrix(2, 8),
                fixture.vector(8));

        ModelFile model = AnyModel.read(fixture.h5(file("m.h5"), true), null);

        for (int i = 0; i < 3; i++) {
            for (int g = 0; g < 8; g++) {
                assertThat(model.weights().values()[g * 3 + i]).isEqualTo(kernel[i][g]);
            }
        }
    }

    @Test
    void foldsABatchNormalisationIntoTheDenseLayerBelow() throws IOException {
        fixture.layer(
                "Dense",
                "d",
                config -> config.put("units", 1),
                new float[][] {{3}},
                new float[] {5});
        fixture.layer(
                "BatchNormalization",
                "bn",
                config -> config.put("epsilon", 0.0),
                new float[] {2},
                new float[] {7},
                new float[] {1},
                new float[] {4});

        ModelFile model = AnyModel.read(fixture.keras(file("m.keras"), "", ""), null);

        // (3 x + 5 - 1) / 2 * 2 + 7
        assertThat(model.weights().values()).containsExactly(3, 11);
    }

    @Test
    void takesAnEmbeddingWithTheLayersAboveIt() throws IOException {
        float[][] embedding = fixture.matrix(5, 3);
        fixture.layer(
                "Embedding",
                "words",
                config -> config.put("input_dim", 5).put("output_dim", 3),
                (Object) embedding);
        fixture.layer(
                "LSTM",
                "memory",
                config -> config.put("units", 2),
                fixture.matrix(3, 8),
                fixture.matrix(2, 8),
                fixture.vector(8));
        fixture.layer(
                "Dense",
                "out",
                config -> config.put("units", 2).put("activation", "leaky_relu"),
                fixture.matrix(2, 2),
                fixture.vector(2));

        ModelFile model = AnyModel.read(fixture.keras(file("m.keras"), "", "cell", ""), null);

        assertThat(model.network())
                .isEqualTo(Network.parse("embedding(5, 3) lstm(2) dense(2, leaky_relu(0.2))", 1));
        assertThat(model.weights().values()).startsWith(embedding[0]);
    }

    @Test
    void namesTheLayerAndTheOptionThatCannotBeCarriedOver() throws IOException {
        fixture.layer(
                "LSTM",
                "first",
                config -> config.put("units", 2).put("recurrent_activation", "hard_sigmoid"),
                fixture.matrix(3, 8),
                fixture.matrix(2, 8),
                fixture.vector(8));
        Path file = fixture.h5(file("m.h5"), true);

        assertThatThrownBy(() -> AnyModel.read(file, null))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(
                        file
                                + ": layer net/first (LSTM): recurrent_activation is hard_sigmoid;"
                                + " need sigmoid");
    }

    @Test
    void namesALayerThatThereIsNotHere() throws IOException {
        fixture.layer(
                "Conv1D",
                "front",
                config -> config.put("filters", 2),
                (Object) fixture.matrix(3, 8));
        Path file = fixture.h5(file("m.h5"), true);

        assertThatThrownBy(() -> AnyModel.read(file, null))
                .hasMessageContaining("layer net/front (Conv1D): cannot be carried over");
    }

    @Test
    void refusesAModelWithBranches() throws IOException {
        fixture.functional();
        fixture.layer("InputLayer", "in", config -> {});
        fixture.layer(
                "Dense", "a", config -> config.put("units", 1), (Object) fixture.matrix(2, 1));
        ((ObjectNode) fixture.layers().get(1))
                .putArray("inbound_nodes")
                .addArray()
                .add(KerasFixture.JSON.readTree("[\"in\",0,0,{}]"))
                .add(KerasFixture.JSON.readTree("[\"elsewhere\",0,0,{}]"));
        Path file = fixture.h5(file("m.h5"), true);

        assertThatThrownBy(() -> AnyModel.read(file, null))
                .hasMessageContaining(
                        "layer net/a (Dense): inbound_nodes are [in, elsewhere]; need one chain");
    }

    @Test
    void asksForTheNetworkOfWeightsAlone() {
        Path file = lstmAndDense().h5(file("w.h5"), false);

        assertThatThrownBy(() -> AnyModel.read(file, null)).hasMessageContaining("--network");
    }

    @Test
    void refusesMutatedFilesInOneLine() throws IOException {
        for (Path whole :
                new Path[] {
                    lstmAndDense().h5(file("m.h5"), true),
                    lstmAndDense(new KerasFixture()).keras(file("m.keras"), "cell", "")
                }) {
            byte[] bytes = Files.readAllBytes(whole);
            Random random = new Random(13);
            int refused = 0;
            for (int i = 0; i < MUTATIONS; i++) {
                Path file = Files.write(file("mutated"), Mutations.of(bytes, random));
                try {
                    AnyModel.read(file, null);
                } catch (ModelFormatException e) {
                    assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
                    refused++;
                }
            }
            assertThat(refused).isGreaterThan(MUTATIONS / 4);
        }
    }

    private KerasFixture lstmAndDense() {
        return lstmAndDense(fixture);
    }

    private static KerasFixture lstmAndDense(KerasFixture fixture) {
        return fixture.layer(
                        "LSTM",
                        "memory",
                        config -> config.put("units", 2),
                        fixture.matrix(3, 8),
                        fixture.matrix(2, 8),
                        fixture.vector(8))
                .layer(
                        "Dense",
                        "out",
                        config -> config.put("units", 1).put("activation", "linear"),
                        fixture.matrix(2, 1),
                        fixture.vector(1));
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}

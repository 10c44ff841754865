package org.cellstream.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cellstream.model.ModelFile;
import org.cellstream.model.ModelFormatException;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that the tests write themselves, after the layout that Keras documents. */
class KerasFileTest {

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

    /** What is dropped while training, the weights do not know. */
    @Test
    void refusesWordsThatContradictTheFile() throws IOException {
        KerasFixture some = lstmAndDense();
        Path zipped = some.keras(file("m.keras"), "cell", "");
        Path h5 = some.h5(file("m.h5"), true);
        String dropping = "lstm(2, dropout=0.5) dropout(0.1) dense(1)";

        for (Path file : new Path[] {zipped, h5}) {
            assertThatThrownBy(() -> AnyModel.read(file, "gru(2) dense(1)"))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessage(
                            file
                                    + ": network: it holds \"lstm(2) dense(1)\"; --network says"
                                    + " \"gru(2) dense(1)\"");
            ModelFile same = AnyModel.read(file, dropping);
            assertThat(same.network()).isEqualTo(Network.parse(dropping, 3));
            assertThat(same.weights().values())
                    .isEqualTo(AnyModel.read(file, null).weights().values());
        }
    }

    @Test
    void tellsPyTorchsOwnFilesFromKeras() throws IOException {
        Path torch = file("m.pt");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(torch))) {
            out.putNextEntry(new ZipEntry("m/data.pkl"));
        }

        assertThatThrownBy(() -> AnyModel.read(torch, null))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(
                        torch
                                + ": zip: is what torch.save writes; need the state dict as"
                                + " safetensors, by safetensors.torch.save_file");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3.8.0 | recurrent_activation | gelu | recurrent_activation is not known here: recurrent-activation of a recurrent layer is gelu; allowed are linear",
                "3.8.0 | activation | mish | activation is not known here: \"mish\" in network",
                "'' | activation | hard_sigmoid | activation is hard_sigmoid, which Keras 2 and Keras 3 compute in two ways",
                "3.8.0 | go_backwards | true | go_backwards is true; need false",
                "3.8.0 | return_state | true | return_state is true; need false",
                "3.8.0 | units | 0 | units is 0; need a number from 1",
            })
    void namesTheLayerAndTheOptionThatCannotBeCarriedOver(
            String version, String option, String value, String message) throws IOException {
        fixture.version(version);
        fixture.layer(
                "LSTM",
                "first",
                config -> {
                    config.put("units", 2);
                    if (value.equals("true")) {
                        config.put(option, true);
                    } else if (value.equals("0")) {
                        config.put(option, 0);
                    } else {
                        config.put(option, value);
                    }
                },
                fixture.matrix(3, 8),
                fixture.matrix(2, 8),
                fixture.vector(8));
        Path file = fixture.h5(file("m.h5"), true);

        assertThatThrownBy(() -> AnyModel.read(file, null))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file + ": layer net/first (LSTM): " + message);
    }

    /** Its last output of the direction that reads backwards is that of the first time step. */
    @Test
    void refusesToEndASequenceInBothDirections() throws IOException {
        fixture.layer(
                "Bidirectional",
                "both",
                config -> {
                    ObjectNode inner = config.putObject("layer").put("class_name", "GRU");
                    inner.putObject("config")
                            .put("name", "g")
                            .put("units", 2)
                            .put("return_sequences", false);
                },
                (Object) fixture.matrix(3, 6));
        Path file = fixture.h5(file("m.h5"), true);

        assertThatThrownBy(() -> AnyModel.read(file, null))
                .hasMessage(
                        file
                                + ": layer net/both/g (GRU): return_sequences is false; need true,"
                                + " since the two directions end at different time steps");
    }

    @Test
    void refusesNestedLayersWhoseWeightsNobodyTellsApart() throws IOException {
        fixture.layer(
                "Sequential",
                "inner",
                config -> {
                    ArrayNode layers = config.putArray("layers");
                    for (boolean trainable : new boolean[] {false, true}) {
                        layers.addObject()
                                .put("class_name", "Dense")
                                .putObject("config")
                                .put("name", "d")
                                .put("units", 2)
                                .put("trainable", trainable);
                    }
                },
                (Object) fixture.matrix(2, 2));
        Path file = fixture.h5(file("m.h5"), true);

        assertThatThrownBy(() -> AnyModel.read(file, null))
                .hasMessageStartingWith(file + ": model net/inner: trainable is true in some");
    }

    @Test
    void namesTheLayerWhoseWeightsHaveAnotherShape() throws IOException {
        fixture.layer(
                "LSTM",
                "first",
                config -> config.put("units", 2),
                fixture.matrix(3, 8),
                fixture.matrix(2, 9),
                fixture.vector(8));
        Path file = fixture.h5(file("m.h5"), true);

        assertThatThrownBy(() -> AnyModel.read(file, null))
                .hasMessageStartingWith(file + ": layer lstm: its weights are ")
                .hasMessageContaining("weight_hh_l0[9, 2]")
                .hasMessageContaining("; lstm(2) needs weight_ih_l0[8, 3] weight_hh_l0[8, 2]");
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

package org.cellstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("m.safetensors");
    }

    @Test
    void readsBackWhatItWroteToTheLastBit() throws IOException {
        ModelFile written = TestingModels.seeded("lstm(5) lstm(4) dense(2)", 3);

        written.write(file);

        assertThat(ModelFile.read(file, null)).isEqualTo(written);
    }

    @Test
    void infersANetworkFromAStateDict() throws IOException {
        stateDict(
                tensor("fc.bias", 2),
                tensor("fc.weight", 2, 4),
                tensor("rnn.bias_hh_l0", 16),
                tensor("rnn.bias_hh_l1", 16),
                tensor("rnn.bias_ih_l0", 16),
                tensor("rnn.bias_ih_l1", 16),
                tensor("rnn.weight_hh_l0", 16, 4),
                tensor("rnn.weight_hh_l1", 16, 4),
                tensor("rnn.weight_ih_l0", 16, 4),
                tensor("rnn.weight_ih_l1", 16, 4));

        ModelFile model = ModelFile.read(file, null);

        assertThat(model.network()).isEqualTo(Network.parse("lstm(4) lstm(4) dense(2)", 4));
        assertThat(model.inferred()).isTrue();
    }

    @Test
    void takesTheSumOfTwoBiases() throws IOException {
        Tensor first = tensor("rnn.bias_ih_l0", 8);
        Tensor second = tensor("rnn.bias_hh_l0", 8);
        stateDict(
                first, second, tensor("rnn.weight_ih_l0", 8, 3), tensor("rnn.weight_hh_l0", 8, 2));

        ModelFile model = ModelFile.read(file, null);

        int at = model.network().parameters().offset("lstm.bias_ih_l0");
        for (int i = 0; i < 8; i++) {
            assertThat(model.weights().values()[at + i])
                    .isEqualTo(first.values()[i] + second.values()[i]);
        }
    }

    @Test
    void takesANetworkInWordsWhateverTheNames() throws IOException {
        stateDict(
                tensor("a.weight", 3, 4),
                tensor("b.weight_ih_l0", 16, 2),
                tensor("b.weight_hh_l0", 16, 4),
                tensor("c.bias", 1),
                tensor("c.weight", 1, 3));

        ModelFile model = ModelFile.read(file, "lstm(4) dense(3) dense(1)");

        assertThat(model.network()).isEqualTo(Network.parse("lstm(4) dense(3) dense(1)", 2));
    }

    @Test
    void findsTheWidthBelowLayersThatChangeIt() throws IOException {
        stateDict(
                tensor("table.weight", 5, 4),
                tensor("rnn.weight_ih_l0", 20, 6),
                tensor("rnn.weight_hh_l0", 20, 5),
                tensor("norm.weight", 5),
                tensor("norm.bias", 5),
                tensor("fc.weight", 2, 8),
                tensor("fc.bias", 2));
        String words = "embedding(5, 4) lstm(5) layernorm skip dense(2)";

        ModelFile model = ModelFile.read(file, words);

        assertThat(model.network()).isEqualTo(Network.parse(words, 3));
    }

    @Test
    void refusesToGuessTheOrderOfLayersOfOneShape() throws IOException {
        stateDict(
                tensor("one.weight_ih_l0", 16, 4),
                tensor("one.weight_hh_l0", 16, 4),
                tensor("two.weight_ih_l0", 16, 4),
                tensor("two.weight_hh_l0", 16, 4));

        assertThatThrownBy(() -> ModelFile.read(file, null))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("more than one order: one > two, or two > one; say which");
    }

    @Test
    void refusesToGuessALostActivation() throws IOException {
        stateDict(
                tensor("fc1.bias", 3),
                tensor("fc1.weight", 3, 4),
                tensor("fc2.bias", 1),
                tensor("fc2.weight", 1, 3));

        assertThatThrownBy(() -> ModelFile.read(file, null))
                .hasMessageContaining(
                        "between fc1.* bias[3] weight[3, 4] and fc2.* bias[1] weight[1, 3] there"
                                + " was an activation");
    }

    @Test
    void refusesTensorsOfAnotherNetwork() throws IOException {
        stateDict(tensor("a.weight_ih_l0", 16, 4), tensor("a.weight_hh_l0", 16, 4));

        assertThatThrownBy(() -> ModelFile.read(file, "lstm(8)"))
                .hasMessageContaining(
                        "they are no \"lstm(8)\"; there are a.* weight_ih_l0[16, 4]"
                                + " weight_hh_l0[16, 4]");
        assertThatThrownBy(() -> ModelFile.read(file, "lstm(8")).hasMessageContaining("network: ");
    }

    /** Hundreds of layers that fit everywhere but make no network must not keep it busy. */
    @Test
    void givesUpOnFilesThatCouldBeReadInTooManyWays() throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String name = Character.toString('a' + i % 26) + (i < 26 ? "x" : "y");
            tensors.add(tensor(name + ".weight_ih_l0", 4, 1));
            tensors.add(tensor(name + ".weight_hh_l0", 4, 1));
        }
        tensors.add(tensor("zz.weight_ih_l0", 4, 3));
        tensors.add(tensor("zz.weight_hh_l0", 4, 1));
        tensors.add(tensor("zzz.weight_ih_l0", 4, 3));
        tensors.add(tensor("zzz.weight_hh_l0", 4, 1));
        stateDict(tensors.toArray(new Tensor[0]));

        assertThatThrownBy(() -> ModelFile.read(file, null))
                .isInstanceOf(ModelFormatException.class);
    }

    /** Searching all their orders would take hours. */
    @Test
    void givesUpOnHundredsOfLayersOfWhichTheLastDoesNotFit() throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < 255; i++) {
            String name = "n" + Integer.toString(i, 36).replaceAll("\\d", "z" + i % 7 + "q");
            tensors.add(tensor("m" + i + name + "x.weight_ih_l0", 4, 1));
            tensors.add(tensor("m" + i + name + "x.weight_hh_l0", 4, 1));
        }
        tensors.add(tensor("last.weight_ih_l0", 4, 3));
        tensors.add(tensor("last.weight_hh_l0", 4, 1));
        stateDict(tensors.toArray(new Tensor[0]));

        assertThatThrownBy(() -> ModelFile.read(file, null))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(": tensors: ");
    }

    @Test
    void refusesMoreLayersAndTensorsThanANetworkHas() throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            tensors.add(tensor("one.tensor_" + i, 1));
        }
        stateDict(tensors.toArray(new Tensor[0]));
        Path many = folder.resolve("many.safetensors");
        new Safetensors(
                        Map.of(),
                        tensors.subList(0, 300).stream().map(ModelFileTest::apart).toList())
                .write(many);
        Path wordy = folder.resolve("wordy.safetensors");
        new Safetensors(
                        Map.of("network", "dense(1) ".repeat(300)),
                        List.of(tensor("a.weight", 1, 1), tensor("a.bias", 1)))
                .write(wordy);

        assertThatThrownBy(() -> ModelFile.read(file, null))
                .hasMessage(file + ": tensors: there are 5000; need at most 4096");
        assertThatThrownBy(() -> ModelFile.read(many, null))
                .hasMessage(many + ": tensors: they make 300 layers; need 1 to 256");
        assertThatThrownBy(() -> ModelFile.read(wordy, null))
                .hasMessage(wordy + ": network: it has 300 layers; need at most 256");
    }

    private static Tensor apart(Tensor tensor) {
        return tensor.named(tensor.name().replace("one.tensor_", "m") + ".weight");
    }

    @Test
    void readsStateDictsWhateverTheOrderOfTheirTensors() throws IOException {
        ModelFile written = TestingModels.seeded("lstm(5) lstm(4) dense(2)", 3);
        written.write(file);
        List<Tensor> tensors = new ArrayList<>(Safetensors.read(file).tensors());
        Collections.shuffle(tensors, new Random(3));
        stateDict(tensors.toArray(new Tensor[0]));

        assertThat(ModelFile.read(file, null).weights()).isEqualTo(written.weights());
    }

    private void stateDict(Tensor... tensors) throws IOException {
        new Safetensors(Map.of("format", "pt"), List.of(tensors)).write(file);
    }

    private static Tensor tensor(String name, Integer... shape) {
        int size = List.of(shape).stream().reduce(1, (a, b) -> a * b);
        Random random = new Random(name.hashCode());
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return new Tensor(name, List.of(shape), values);
    }
}

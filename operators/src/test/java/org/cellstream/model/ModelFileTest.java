package org.cellstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(model.reading().inferred()).isTrue();
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
                .hasMessageContaining(
                        "more than one order: one > two, or two > one; with --network \"lstm(4) lstm(4)\"");
    }

    /** By the offsets, not by the names: b lies first. */
    @Test
    void takesModulesThatFitEquallyInTheOrderOfTheFile() throws IOException {
        Tensor first = tensor("b.weight_ih_l0", 16, 4);
        Tensor second = tensor("a.weight_ih_l0", 16, 4);
        stateDict(
                first,
                tensor("b.weight_hh_l0", 16, 4),
                second,
                tensor("a.weight_hh_l0", 16, 4),
                tensor("fc.weight", 1, 4),
                tensor("fc.bias", 1));

        ModelFile model = ModelFile.read(file, "lstm(4) lstm(4) dense(1)");

        float[] weights = model.weights().values();
        int lower = model.network().parameters().offset("lstm.weight_ih_l0");
        int upper = model.network().parameters().offset("lstm_1.weight_ih_l0");
        assertThat(Arrays.copyOfRange(weights, lower, lower + 64)).isEqualTo(first.values());
        assertThat(Arrays.copyOfRange(weights, upper, upper + 64)).isEqualTo(second.values());
        assertThat(model.reading())
                .isEqualTo(
                        new Reading(
                                false, List.of("b is lstm", "a is lstm_1", "fc is dense"), true));
    }

    @Test
    void tellsModulesWhoseNamesLeaveNoDoubtWithoutADoubt() throws IOException {
        stateDict(
                tensor("rnn2.weight_ih_l0", 16, 4),
                tensor("rnn2.weight_hh_l0", 16, 4),
                tensor("rnn1.weight_ih_l0", 16, 4),
                tensor("rnn1.weight_hh_l0", 16, 4));

        Reading told = ModelFile.read(file, "lstm(4) lstm(4)").reading();
        Reading inferred = ModelFile.read(file, null).reading();

        List<String> modules = List.of("rnn1 is lstm", "rnn2 is lstm_1");
        assertThat(told).isEqualTo(new Reading(false, modules, false));
        assertThat(inferred).isEqualTo(new Reading(true, modules, false));
    }

    @Test
    void refusesWordsThatContradictTheFile() throws IOException {
        ModelFile written = TestingModels.seeded("lstm(4) dense(2)", 3);
        written.write(file);
        String dropping = "dropout(0.5) lstm(4, dropout=0.1) dense(2)";

        assertThatThrownBy(() -> ModelFile.read(file, "lstm(4, activation=relu) dense(2)"))
                .hasMessage(
                        file
                                + ": network: it holds \"lstm(4) dense(2)\"; --network says"
                                + " \"lstm(4, activation=relu) dense(2)\"");
        assertThatThrownBy(() -> ModelFile.read(file, "lstm(4"))
                .hasMessageStartingWith(file + ": --network: ");
        assertThat(ModelFile.read(file, dropping).weights())
                .isEqualTo(new Weights(Network.parse(dropping, 3), written.weights().values()));
    }

    /** Other tools have metadata of their own. */
    @Test
    void takesWordsWhereTheFilesOwnAreNone() throws IOException {
        List<Tensor> tensors =
                List.of(tensor("a.weight_ih_l0", 16, 4), tensor("a.weight_hh_l0", 16, 4));
        new Safetensors(Map.of("network", "ResNet-50"), tensors).write(file);

        assertThatThrownBy(() -> ModelFile.read(file, null))
                .hasMessageStartingWith(file + ": metadata \"network\": \"ResNet-50\"");
        assertThat(ModelFile.read(file, "lstm(4)").network())
                .isEqualTo(Network.parse("lstm(4)", 4));
    }

    @Test
    void tellsAWidthThatContradictsTheTensors() throws IOException {
        List<Tensor> tensors =
                List.of(tensor("a.weight_ih_l0", 16, 4), tensor("a.weight_hh_l0", 16, 4));
        Map<String, String> inputs = Map.of("inputs", "99");
        new Safetensors(inputs, tensors).write(file);
        String problem = ": tensors: they are of lstm(4) over 4 inputs; ";

        assertThatThrownBy(() -> ModelFile.read(file, "lstm(4)"))
                .hasMessage(file + problem + "metadata \"inputs\" says 99");
        assertThatThrownBy(() -> ModelFile.read(file, null))
                .hasMessage(file + problem + "metadata \"inputs\" says 99");
        stateDict(tensors.toArray(new Tensor[0]));
        assertThatThrownBy(() -> ModelFile.weightsFor(Network.parse("lstm(4)", 3), file))
                .hasMessage(file + problem + "the job has 3");
    }

    @Test
    void saysWhatItCannotMakeALayerOf() throws IOException {
        stateDict(tensor("conv.weight", 3, 4, 5), tensor("conv.bias", 3));
        assertRefused("conv.* weight[3, 4, 5] bias[3] is of no layer that is known here; need an");

        stateDict(tensor("norm.weight", 3), tensor("norm.bias", 3), tensor("norm.num", 3));
        assertRefused("norm.* weight[3] bias[3] num[3] is of no layer that is known here; need an");

        stateDict(tensor("one.weight", 3), tensor("one.bias", 3));
        assertRefused("one.* weight[3] bias[3] can be of more than one kind of layer; say the");

        stateDict(
                tensor("l.weight_ih_l0", 16, 3),
                tensor("l.weight_hh_l0", 16, 4),
                tensor("l.weight_hr_l0", 4, 4));
        assertRefused(" projects 4 units to 4 numbers; need fewer than the units");

        stateDict(tensor("l.weight_ih_l0", 17, 3), tensor("l.weight_hh_l0", 17, 4));
        assertRefused("has 17 rows over 4 units; need 4 for each unit of an lstm, or 3 of a gru");

        stateDict();
        assertRefused("tensors: there are none; need those of a network");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000000", "3.0", ""})
    void saysWhichWidthsThereAre(String inputs) throws IOException {
        new Safetensors(
                        Map.of("inputs", inputs, "network", "dense(1)"),
                        List.of(tensor("dense.weight", 1, 3), tensor("dense.bias", 1)))
                .write(file);

        assertRefused(
                "metadata \"inputs\": is \"" + inputs + "\"; need a whole number of 1 to 999999");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> ModelFile.read(file, null))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
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
    void takesWeightsOfANetworkThatDropsOtherwise() throws IOException {
        ModelFile written =
                TestingModels.seeded("lstm(5) gru(3) bidirectional(lstm(2)) dense(2)", 3);
        written.write(file);
        Network dropping =
                Network.parse(
                        "dropout(0.1) lstm(5, dropout=0.2) gru(3, recurrent-dropout=0.2)"
                                + " bidirectional(lstm(2, dropout=0.5)) dropout(0.5) dense(2)",
                        3);

        Weights weights = ModelFile.weightsFor(dropping, file);

        assertThat(weights).isEqualTo(new Weights(dropping, written.weights().values()));
        assertThatThrownBy(
                        () ->
                                ModelFile.weightsFor(
                                        Network.parse("lstm(5, activation=relu) dense(2)", 3),
                                        file))
                .hasMessageContaining("need lstm(5, activation=relu) dense(2) over 3 inputs");
    }

    @Test
    void refusesTensorsOfAnotherNetwork() throws IOException {
        stateDict(tensor("a.weight_ih_l0", 16, 4), tensor("a.weight_hh_l0", 16, 4));

        assertThatThrownBy(() -> ModelFile.read(file, "lstm(8)"))
                .hasMessageContaining(
                        "they do not fit \"lstm(8)\", which needs lstm.* weight_ih_l0[32, ?]"
                                + " weight_hh_l0[32, 8] bias_ih_l0[32]; there are a.*"
                                + " weight_ih_l0[16, 4] weight_hh_l0[16, 4]");
        assertThatThrownBy(() -> ModelFile.read(file, "lstm(8"))
                .hasMessageContaining(": --network: ");
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
                .hasMessage(many + ": tensors: they make 300 layers; need at most 256");
        assertThatThrownBy(() -> ModelFile.read(wordy, null))
                .hasMessage(wordy + ": metadata \"network\": it has 300 layers; need at most 256");
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

package org.cellstream.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.cellstream.jobs.model.KerasByHand.Cell;
import org.cellstream.model.ModelFile;
import org.cellstream.model.WindowRunner;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of files that the tests write, against Keras' equations written down by hand. */
class KerasLayersTest {

    /** Ours sums in floats. */
    private static final double TOLERANCE = 1e-5;

    private static final int INPUTS = 3;
    private static final int UNITS = 4;
    private static final int STEPS = 9;

    @TempDir private Path folder;
    private final KerasFixture fixture = new KerasFixture();

    static Stream<Arguments> functionsAndVersions() {
        return Stream.of(
                        "linear",
                        "relu",
                        "leaky_relu",
                        "elu",
                        "selu",
                        "sigmoid",
                        "softplus",
                        "softsign",
                        "hard_sigmoid")
                .flatMap(
                        name ->
                                Stream.of("2.1.6", "2.13.1", "3.4.1", "3.9.0")
                                        .map(version -> Arguments.of(name, version)));
    }

    @ParameterizedTest
    @MethodSource("functionsAndVersions")
    void recurrentLayersHaveKerasActivations(String name, String version) throws IOException {
        boolean isKeras2 = version.startsWith("2");
        Cell lstm = Cell.random(fixture, INPUTS, UNITS, 4, 1);
        Cell gru = Cell.random(fixture, UNITS, UNITS, 3, 1);
        fixture.version(version);
        fixture.layer(
                "LSTM", "a", config -> recurrent(config, name, "hard_sigmoid"), lstm.variables());
        fixture.layer(
                "GRU",
                "b",
                config -> recurrent(config, "tanh", name).put("reset_after", false),
                gru.variables());

        ModelFile h5 = AnyModel.read(fixture.h5(file("m.h5"), true), null);
        ModelFile keras = AnyModel.read(fixture.keras(file("m.keras"), "cell", "cell"), null);

        double[][] x = inputs();
        double[][] expected =
                KerasByHand.gru(
                        gru,
                        Math::tanh,
                        KerasByHand.function(name, isKeras2),
                        KerasByHand.lstm(
                                lstm,
                                KerasByHand.function(name, isKeras2),
                                KerasByHand.function("hard_sigmoid", isKeras2),
                                x));
        assertGives(h5, x, expected);
        assertThat(keras).isEqualTo(h5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void grusOfBothFormsAreKeras(boolean resetAfter) throws IOException {
        Cell gru = Cell.random(fixture, INPUTS, UNITS, 3, resetAfter ? 2 : 1);
        fixture.layer(
                "GRU",
                "b",
                config -> recurrent(config, "tanh", "sigmoid").put("reset_after", resetAfter),
                gru.variables());

        ModelFile model = AnyModel.read(fixture.keras(file("m.keras"), "cell"), null);

        double[][] x = inputs();
        assertGives(model, x, KerasByHand.gru(gru, Math::tanh, KerasByHand.SIGMOID, x));
    }

    @ParameterizedTest
    @CsvSource({"sum", "ave", "mul"})
    void directionsAreMergedAsInKeras(String mode) throws IOException {
        Cell forward = Cell.random(fixture, INPUTS, UNITS, 4, 1);
        Cell backward = Cell.random(fixture, INPUTS, UNITS, 4, 1);
        bidirectional(mode, forward, backward);

        ModelFile model = AnyModel.read(fixture.h5(file("m.h5"), true), null);

        Map<String, DoubleBinaryOperator> merges =
                Map.of(
                        "sum",
                        (a, b) -> a + b,
                        "ave",
                        (a, b) -> (a + b) / 2,
                        "mul",
                        (a, b) -> a * b);
        double[][] x = inputs();
        double[][] expected =
                KerasByHand.merged(
                        KerasByHand.lstm(forward, Math::tanh, KerasByHand.SIGMOID, x),
                        backwards(backward, x),
                        merges.get(mode));
        assertGives(model, x, expected);
    }

    @Test
    void directionsStandSideBySideAsInKeras() throws IOException {
        Cell forward = Cell.random(fixture, INPUTS, UNITS, 4, 1);
        Cell backward = Cell.random(fixture, INPUTS, UNITS, 4, 1);
        bidirectional("concat", forward, backward);

        ModelFile model = AnyModel.read(fixture.h5(file("m.h5"), true), null);

        double[][] x = inputs();
        double[][] f = KerasByHand.lstm(forward, Math::tanh, KerasByHand.SIGMOID, x);
        double[][] b = backwards(backward, x);
        double[][] expected = new double[STEPS][2 * UNITS];
        for (int t = 0; t < STEPS; t++) {
            System.arraycopy(f[t], 0, expected[t], 0, UNITS);
            System.arraycopy(b[t], 0, expected[t], UNITS, UNITS);
        }
        assertGives(model, x, expected);
    }

    @Test
    void embeddingTakesTheIndexAsTheInput() throws IOException {
        float[][] table = fixture.matrix(5, INPUTS);
        Cell lstm = Cell.random(fixture, INPUTS, UNITS, 4, 1);
        fixture.layer(
                "Embedding",
                "words",
                config -> config.put("input_dim", 5).put("output_dim", INPUTS),
                (Object) table);
        fixture.layer(
                "LSTM", "a", config -> recurrent(config, "tanh", "sigmoid"), lstm.variables());

        ModelFile model = AnyModel.read(fixture.keras(file("m.keras"), "", "cell"), null);

        double[][] x = new double[STEPS][];
        double[][] rows = new double[STEPS][INPUTS];
        for (int t = 0; t < STEPS; t++) {
            x[t] = new double[] {t % 5};
            for (int k = 0; k < INPUTS; k++) {
                rows[t][k] = table[t % 5][k];
            }
        }
        assertGives(model, x, KerasByHand.lstm(lstm, Math::tanh, KerasByHand.SIGMOID, rows));
    }

    /** Keras 2.1 saved weights under names of its own, and nothing about the layers. */
    @Test
    void weightsAloneTakeTheNetworkInWords() throws IOException {
        Cell lstm = Cell.random(fixture, INPUTS, UNITS, 4, 1);
        float[][] kernel = fixture.matrix(UNITS, 2);
        float[] bias = fixture.vector(2);
        fixture.layer("LSTM", "lstm_3", config -> {}, lstm.variables());
        fixture.layer("Dense", "dense_7", config -> {}, kernel, bias);
        String words =
                "lstm(4, activation=softsign, recurrent-activation=hard_sigmoid(0.2)) dropout(0.3)"
                        + " dense(2, leaky_relu)";

        ModelFile model = AnyModel.read(fixture.h5(file("w.h5"), false), words);

        double[][] x = inputs();
        double[][] hidden =
                KerasByHand.lstm(
                        lstm,
                        KerasByHand.function("softsign", true),
                        KerasByHand.function("hard_sigmoid", true),
                        x);
        assertThat(model.network()).isEqualTo(Network.parse(words, INPUTS));
        assertGives(model, x, KerasByHand.dense(kernel, bias, z -> z > 0 ? z : 0.01 * z, hidden));
    }

    @Test
    void weightsAloneTellTheWidthBelowASkip() throws IOException {
        Cell gru = Cell.random(fixture, 2 * INPUTS, UNITS, 3, 2);
        fixture.layer("GRU", "gru", config -> {}, gru.variables());

        ModelFile model = AnyModel.read(fixture.h5(file("w.h5"), false), "skip gru(4)");

        assertThat(model.network()).isEqualTo(Network.parse("skip gru(4)", INPUTS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneChainOfFunctionalAndNestedModelsIsOneNetwork(boolean isKeras3) throws IOException {
        Cell first = Cell.random(fixture, INPUTS, UNITS, 4, 1);
        Cell second = Cell.random(fixture, UNITS, UNITS, 4, 1);
        float[][] kernel = fixture.matrix(UNITS, 2);
        float[] bias = fixture.vector(2);
        nested(isKeras3, first, second, kernel, bias);
        Map<String, Object[]> paths = new LinkedHashMap<>();
        paths.put("layers/lstm/cell/vars", first.variables());
        paths.put("layers/sequential/layers/lstm/cell/vars", second.variables());
        paths.put("layers/sequential/layers/dense/vars", new Object[] {kernel, bias});

        ModelFile h5 = AnyModel.read(fixture.h5(file("m.h5"), true), null);
        ModelFile keras = AnyModel.read(fixture.keras(file("m.keras"), paths), null);

        double[][] x = inputs();
        double[][] hidden =
                KerasByHand.lstm(
                        second,
                        Math::tanh,
                        KerasByHand.SIGMOID,
                        KerasByHand.lstm(first, Math::tanh, KerasByHand.SIGMOID, x));
        assertGives(h5, x, KerasByHand.dense(kernel, bias, z -> Math.max(z, 0), hidden));
        assertThat(keras).isEqualTo(h5);
    }

    @Test
    void batchNormalisationIsFoldedIntoTheDenseLayerBelow() throws IOException {
        float[][] kernel = fixture.matrix(INPUTS, 2);
        float[] bias = fixture.vector(2);
        float[] gamma = {2, 0.5f};
        float[] beta = {7, -1};
        float[] mean = {1, 0.25f};
        float[] variance = {4, 0.01f};
        fixture.layer("Dense", "d", config -> config.put("units", 2), kernel, bias);
        fixture.layer(
                "BatchNormalization",
                "bn",
                config -> config.put("epsilon", 0.001),
                gamma,
                beta,
                mean,
                variance);

        ModelFile model = AnyModel.read(fixture.keras(file("m.keras"), "", ""), null);

        double[][] x = inputs();
        double[][] expected = KerasByHand.dense(kernel, bias, z -> z, x);
        for (double[] row : expected) {
            for (int u = 0; u < 2; u++) {
                row[u] = (row[u] - mean[u]) / Math.sqrt(variance[u] + 0.001) * gamma[u] + beta[u];
            }
        }
        assertGives(model, x, expected);
    }

    private void bidirectional(String mode, Cell forward, Cell backward) {
        Object[] both = new Object[6];
        System.arraycopy(forward.variables(), 0, both, 0, 3);
        System.arraycopy(backward.variables(), 0, both, 3, 3);
        fixture.layer(
                "Bidirectional",
                "both",
                config -> {
                    ObjectNode inner = config.put("merge_mode", mode).putObject("layer");
                    inner.put("class_name", "LSTM");
                    recurrent(inner.putObject("config"), "tanh", "sigmoid")
                            .put("name", "forward_lstm")
                            .put("return_sequences", true);
                },
                both);
    }

    private static double[][] backwards(Cell cell, double[][] x) {
        return KerasByHand.reversed(
                KerasByHand.lstm(cell, Math::tanh, KerasByHand.SIGMOID, KerasByHand.reversed(x)));
    }

    /** in > lstm > a Sequential of an lstm and a dense layer. */
    private void nested(boolean isKeras3, Cell first, Cell second, float[][] kernel, float[] bias) {
        fixture.functional();
        fixture.layer("InputLayer", "in", config -> {});
        fixture.layer(
                "LSTM", "one", config -> recurrent(config, "tanh", "sigmoid"), first.variables());
        Object[] inner = {second.kernel(), second.recurrent(), second.bias()[0], kernel, bias};
        fixture.layer(
                "Sequential",
                "top",
                config -> {
                    ArrayNode layers = config.putArray("layers");
                    ObjectNode lstm = layers.addObject().put("class_name", "LSTM");
                    recurrent(lstm.putObject("config").put("name", "two"), "tanh", "sigmoid");
                    ObjectNode dense = layers.addObject().put("class_name", "Dense");
                    dense.putObject("config")
                            .put("name", "out")
                            .put("units", 2)
                            .put("activation", "relu");
                },
                inner);
        fixture.chain(isKeras3);
    }

    private static ObjectNode recurrent(ObjectNode config, String activation, String gates) {
        return config.put("units", UNITS)
                .put("activation", activation)
                .put("recurrent_activation", gates);
    }

    private static double[][] inputs() {
        Random random = new Random(9);
        double[][] x = new double[STEPS][INPUTS];
        for (double[] row : x) {
            for (int k = 0; k < INPUTS; k++) {
                row[k] = (float) random.nextGaussian();
            }
        }
        return x;
    }

    private static void assertGives(ModelFile model, double[][] x, double[][] expected) {
        int inputs = model.network().inputs();
        int outputs = model.network().outputs();
        float[] flat = new float[x.length * inputs];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) x[i / inputs][i % inputs];
        }

        float[] y = new WindowRunner(model.weights()).run(x.length, flat);

        assertThat(outputs).isEqualTo(expected[0].length);
        for (int i = 0; i < y.length; i++) {
            double value = expected[i / outputs][i % outputs];
            assertThat((double) y[i]).isCloseTo(value, within(TOLERANCE * (1 + Math.abs(value))));
        }
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}

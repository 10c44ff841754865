package org.cellstream.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cellstream.model.ModelFile;
import org.cellstream.model.Safetensors;
import org.cellstream.model.Tensor;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands import, export and describe. */
class ModelCommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path model;
    private Weights weights;

    @BeforeEach
    void writeAModel() throws IOException {
        weights = Weights.seeded(Network.parse("lstm(4) dense(2)", 2), 3);
        model = folder.resolve("m.safetensors");
        write(Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"import", "export"})
    void refusesToWriteOverTheModelThatItReads(String command) throws IOException {
        byte[] before = Files.readAllBytes(model);
        Path link = Files.createSymbolicLink(folder.resolve("link.safetensors"), model);
        Path other = folder.resolve(".").resolve("m.safetensors");

        assertRefused(
                "is a file that is read; need another",
                command,
                model.toString(),
                "--out",
                other.toString());
        assertRefused(
                "is a file that is read; need another",
                command,
                model.toString(),
                "--out",
                link.toString());

        assertThat(model).hasBinaryContent(before);
    }

    @ParameterizedTest
    @CsvSource({
        "import, x.onnx, need a name that ends in .safetensors",
        "import, x, need a name that ends in .safetensors",
        "export, x.keras, need a name that ends in .safetensors or .onnx",
    })
    void refusesANameThatSaysSomethingElse(String command, String name, String message) {
        Path written = folder.resolve(name);

        assertRefused(
                "--out " + written + "; " + message,
                command,
                model.toString(),
                "--out",
                written.toString());

        assertThat(written).doesNotExist();
    }

    @Test
    void showsMetadataInLinesThatATerminalOnlyPrints() throws IOException {
        write(
                Map.of(
                        "by",
                        "\u001b[2J\u009b31m\u202ea\nb é \uD83D\uDE00",
                        "long\u0007",
                        "x".repeat(5000)));

        int code = command("describe", model.toString());

        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .endsWith(
                        "by: \\u001b[2J\\u009b31m\\u202ea\\nb é \uD83D\uDE00",
                        "long\\u0007: " + "x".repeat(1000) + "...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"describe %s", "import %s --out %s.safetensors"})
    void showsWhichModuleBecameWhichLayer(String command) throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        for (String name : List.of("encoder", "decoder")) {
            tensors.add(new Tensor(name + ".weight_ih_l0", List.of(8, 2), new float[16]));
            tensors.add(new Tensor(name + ".weight_hh_l0", List.of(8, 2), new float[16]));
        }
        new Safetensors(Map.of(), tensors).write(model);
        List<String> all = new ArrayList<>();
        all.addAll(List.of(command.replace("%s", model.toString()).split(" ", -1)));

        assertRefused("with --network \"lstm(2) lstm(2)\"", all.toArray(new String[0]));
        all.addAll(List.of("--network", "lstm(2) lstm(2)"));
        int code = command(all.toArray(new String[0]));

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains(
                        "Modules: encoder is lstm, decoder is lstm_1\n",
                        "their order in the file decided");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"mean\": [1, 2], \"scale\": [2, 3]}; the transforms of metadata \"columns\"",
                "{\"rate\": 0.002, \"clip\": 6}; the transforms of metadata \"columns\" and the running standardisation of each key",
            })
    void saysWhatAnOnnxFileLeavesOut(String standardisation, String leftOut) throws IOException {
        write(Map.of("columns", "a=A|log, b=B", "standardisation", standardisation));

        int safetensors = command("export", model.toString(), "--out", path("y.safetensors"));
        String before = err.toString();
        int onnx = command("export", model.toString(), "--out", path("y.onnx"));

        assertThat(List.of(safetensors, onnx)).containsOnly(0);
        assertThat(before).isEmpty();
        assertThat(err.toString())
                .isEqualTo(
                        "ONNX cannot do %s: left out of %s, whose x is what comes of it%n"
                                .formatted(leftOut, path("y.onnx")));
    }

    @Test
    void refusesToExportAStandardisationOfAnotherWidth() throws IOException {
        write(Map.of("standardisation", "{\"mean\": [1], \"scale\": [2]}"));

        assertRefused(
                "metadata \"standardisation\": need {\"mean\"",
                "export",
                model.toString(),
                "--out",
                path("y.onnx"));

        assertThat(folder.resolve("y.onnx")).doesNotExist();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void write(Map<String, String> metadata) throws IOException {
        new ModelFile(weights, metadata).write(model);
    }

    /** One line that says it, and exit code 2. */
    private void assertRefused(String message, String... arguments) {
        err.getBuffer().setLength(0);

        int code = command(arguments);

        assertThat(err.toString().lines()).hasSize(1).first().asString().contains(message);
        assertThat(code).isEqualTo(2);
    }

    private int command(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}

package org.cellstream.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cellstream.model.KeyedRunner;
import org.cellstream.model.ModelFile;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path model;
    private Weights weights;

    @BeforeEach
    void writeAModel() throws IOException {
        weights = Weights.seeded(Network.parse("lstm(4) dense(2)", 2), 3);
        model = folder.resolve("m.safetensors");
        new ModelFile(weights, Map.of(), false).write(model);
    }

    @Test
    void keepsStatePerKeyAndResetsBeforeRowsThatSaySo() throws IOException {
        Path csv = write("a,k,b,r\n1,x,2,0\n3,y,4,0\n5e-1,x,-.5,0\n\n1,x,2,1\n");

        int code = run("--key", "k", "--reset", "r", "--csv", csv.toString());

        KeyedRunner runner = new KeyedRunner(weights);
        float[] x1 = runner.step("x", new float[] {1, 2});
        float[] y1 = runner.step("y", new float[] {3, 4});
        float[] x2 = runner.step("x", new float[] {0.5f, -0.5f});
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(result())
                .containsExactly(
                        "k,y0,y1",
                        "x," + x1[0] + "," + x1[1],
                        "y," + y1[0] + "," + y1[1],
                        "x," + x2[0] + "," + x2[1],
                        "x," + x1[0] + "," + x1[1]);
        assertThat(out.toString()).startsWith("4 rows in ");
    }

    @Test
    void stopsAtARowThatCannotBeReadWithItsLine() throws IOException {
        Path csv = write("a,b\n1,2\n\n1,0x1p3\n");

        int code = run("--csv", csv.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        "cellstream: %s line 4: b is \"0x1p3\"; need a number; --skip-bad leaves such rows out%n"
                                .formatted(csv));
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void leavesOutBadRowsIfAskedTo() throws IOException {
        Path csv = write("a,b\n1,2\n1\n1,NaN\n1,1e99\n1,2\n");

        int code = run("--skip-bad", "--csv", csv.toString());

        assertThat(code).isZero();
        assertThat(result()).hasSize(3);
        assertThat(err.toString())
                .contains(
                        "line 3: 1 cells; the header has 2", "line 4", "line 5", "3 rows skipped");
    }

    @Test
    void standardisesAsTheFileSaysUnlessRaw() throws IOException {
        String standardisation = "{\"mean\": [1, 2], \"scale\": [2, 0.5]}";
        new ModelFile(weights, Map.of("standardisation", standardisation), false).write(model);
        Path csv = write("a,b\n5,1\n");

        run("--csv", csv.toString());
        List<String> standardised = result();
        run("--raw", "--csv", csv.toString());

        float[] scaled = new KeyedRunner(weights).step("", new float[] {2, -2});
        float[] raw = new KeyedRunner(weights).step("", new float[] {5, 1});
        assertThat(standardised).containsExactly("y0,y1", scaled[0] + "," + scaled[1]);
        assertThat(result()).containsExactly("y0,y1", raw[0] + "," + raw[1]);
    }

    @Test
    void refusesAFileOfOtherColumns() throws IOException {
        int code = run("--csv", write("a,b,c\n1,2,3\n").toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("3 input columns (a, b, c); the network takes 2");
    }

    @Test
    void importsDescribesAndExports() throws IOException {
        Path copy = folder.resolve("copy.safetensors");

        int imported = command("import", model.toString(), "--out", copy.toString());
        int exported =
                command("export", copy.toString(), "--out", folder.resolve("m.onnx").toString());
        int described = command("describe", copy.toString());

        assertThat(List.of(imported, exported, described)).containsOnly(0);
        assertThat(ModelFile.read(copy, null).weights()).isEqualTo(weights);
        assertThat(folder.resolve("m.onnx")).isNotEmptyFile();
        assertThat(out.toString()).contains("lstm(4) dense(2) over 2 inputs");
    }

    @Test
    void saysInOneLineWhatIsWrongWithAModelFile() throws IOException {
        Files.write(model, new byte[] {1, 2, 3});

        int code = command("describe", model.toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "cellstream: %s: header: the file has 3 bytes; need a safetensors file"
                                .formatted(model));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("in.csv"), text);
    }

    private List<String> result() throws IOException {
        return Files.readAllLines(folder.resolve("out.csv"));
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 5];
        String[] first = {
            "predict", "--model", model.toString(), "--out", folder.resolve("out.csv").toString()
        };
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(arguments, 0, all, first.length, arguments.length);
        return command(all);
    }

    private int command(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}

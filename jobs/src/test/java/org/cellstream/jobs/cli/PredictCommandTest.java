package org.cellstream.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.cellstream.model.KeyedRunner;
import org.cellstream.model.ModelFile;
import org.cellstream.model.WindowRunner;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        new ModelFile(weights, Map.of()).write(model);
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
        new ModelFile(weights, Map.of("standardisation", standardisation)).write(model);
        Path csv = write("a,b\n5,1\n");

        run("--csv", csv.toString());
        List<String> standardised = result();
        run("--raw", "--csv", csv.toString());

        float[] scaled = new KeyedRunner(weights).step("", new float[] {2, -2});
        float[] raw = new KeyedRunner(weights).step("", new float[] {5, 1});
        assertThat(standardised).containsExactly("y0,y1", scaled[0] + "," + scaled[1]);
        assertThat(result()).containsExactly("y0,y1", raw[0] + "," + raw[1]);
    }

    /** A sequence goes from a row that resets to the next, whatever rows of others lie between. */
    @Test
    void runsNetworksThatReadBothWaysOverSequences() throws IOException {
        weights = Weights.seeded(Network.parse("bidirectional(gru(3), merge=sum) dense(2)", 2), 5);
        new ModelFile(weights, Map.of()).write(model);
        Path csv = write("k,a,b,r\nx,1,2,0\ny,3,4,0\nx,5,6,0\nx,7,8,1\ny,9,1,0\nx,2,3,0\n");

        int code = run("--key", "k", "--reset", "r", "--csv", csv.toString());

        float[] first = new WindowRunner(weights).run(2, new float[] {1, 2, 5, 6});
        float[] second = new WindowRunner(weights).run(2, new float[] {7, 8, 2, 3});
        float[] other = new WindowRunner(weights).run(2, new float[] {3, 4, 9, 1});
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(result())
                .containsExactly(
                        "k,y0,y1",
                        "x," + first[0] + "," + first[1],
                        "y," + other[0] + "," + other[1],
                        "x," + first[2] + "," + first[3],
                        "x," + second[0] + "," + second[1],
                        "y," + other[2] + "," + other[3],
                        "x," + second[2] + "," + second[3]);
    }

    @Test
    void startsAnewEvenIfTheRowThatSaysSoIsLeftOut() throws IOException {
        Path csv = write("a,b,r\n1,2,0\n3,?,1\n1,2,0\n");

        int code = run("--reset", "r", "--skip-bad", "--csv", csv.toString());

        float[] fresh = new KeyedRunner(weights).step("", new float[] {1, 2});
        assertThat(code).isZero();
        assertThat(result())
                .containsExactly("y0,y1", fresh[0] + "," + fresh[1], fresh[0] + "," + fresh[1]);
        assertThat(err.toString().lines())
                .containsExactly(
                        "skipped %s line 3: b is \"?\"; need a number".formatted(csv),
                        "1 rows skipped");
    }

    @Test
    void writesNumbersThatReadBackToTheSameBits() throws IOException {
        StringBuilder text = new StringBuilder("a,b\n");
        Random random = new Random(2);
        List<float[]> inputs = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            float[] x = {(float) random.nextGaussian() * 1e-3f, (float) random.nextGaussian()};
            inputs.add(x);
            text.append(x[0]).append(',').append((double) x[1]).append('\n');
        }

        run("--csv", write(text.toString()).toString());

        KeyedRunner runner = new KeyedRunner(weights);
        List<String> rows = result();
        for (int i = 0; i < inputs.size(); i++) {
            float[] expected = runner.step("", inputs.get(i));
            String[] cells = rows.get(i + 1).split(",", -1);
            assertThat(Float.parseFloat(cells[0])).isEqualTo(expected[0]);
            assertThat((float) Double.parseDouble(cells[1])).isEqualTo(expected[1]);
        }
    }

    @Test
    void keepsKeysAsTheyAreWritten() throws IOException {
        String odd = "\"a, \"\"b\"\"\nc\"";
        Path csv = write("k,a,b\n" + odd + ",1,2\n' ö',1,2\n,1,2\n" + odd + ",1,2\n");

        int code = run("--key", "k", "--csv", csv.toString());

        KeyedRunner runner = new KeyedRunner(weights);
        float[] first = runner.step("", new float[] {1, 2});
        float[] second = runner.step("", new float[] {1, 2});
        String one = "," + first[0] + "," + first[1] + "\n";
        String two = "," + second[0] + "," + second[1] + "\n";
        assertThat(code).isZero();
        assertThat(Files.readString(folder.resolve("out.csv")))
                .isEqualTo("k,y0,y1\n" + odd + one + "' ö'" + one + one + odd + two);
    }

    @Test
    void readsGzipAndWritesNoRowsForNone() throws IOException {
        Path csv = folder.resolve("in.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(csv))) {
            out.write("a,b\n".getBytes(StandardCharsets.UTF_8));
        }

        int code = run("--csv", csv.toString());

        assertThat(code).isZero();
        assertThat(result()).containsExactly("y0,y1");
        assertThat(out.toString()).startsWith("0 rows in ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    k,a,b~x,1,~         | --key k             | line 2: b is ""; need a number
                    k,a,b~"x~y",1,2~z,1~ | --key k          | line 4: 2 cells; the header has 3
                    a,b~1,2~            | --key k             | has no column "k"; it has a, b
                    a,b,r~1,2,0~1,2,2~ | --reset r          | line 3: r is "2"; need 0 or 1
                    a,b,r~1,2,yes~      | --reset r           | line 2: r is "yes"; need 0 or 1
                    a,b,r~1,2,~         | --reset r           | line 2: r is ""; need 0 or 1
                    a,a~1,2~            | --raw               | names column "a" twice
                    y0,a,b~x,1,2~       | --key y0            | --key is y0, which is what an output is called
                    a,b,r~1,2,0~        | --key r --reset r   | --reset r is another option's column, too; need another column
                    a,b~1e39,2~         | --raw               | line 2: a is "1e39"; need a number
                    ''                    | --raw               | is empty; need a header row
                    """)
    void saysInOneLineWhatIsWrongWithTheRows(String text, String options, String message)
            throws IOException {
        Path csv = write(text.replace('~', '\n'));
        String[] all = ("--csv " + csv + " " + options).split(" ", -1);

        int code = run(all);

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains(message);
        assertThat(folder.resolve("out.csv")).doesNotExist();
        assertThat(folder.resolve("out.csv.part")).doesNotExist();
    }

    @Test
    void leavesACategoryThatThereIsNotOutOfTheState() throws IOException {
        weights = Weights.seeded(Network.parse("embedding(3, 2) lstm(4) dense(1)", 1), 3);
        new ModelFile(weights, Map.of()).write(model);

        String csv = write("a\n1\n7\n2\n").toString();

        int refused = run("--csv", csv);
        int code = run("--skip-bad", "--csv", csv);

        KeyedRunner runner = new KeyedRunner(weights);
        float[] first = runner.step("", new float[] {1});
        float[] second = runner.step("", new float[] {2});
        assertThat(refused).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "line 3: a is 7; need a whole number from 0 to 2, which embedding(3, 2) reads");
        assertThat(code).isZero();
        assertThat(result()).containsExactly("y0", "" + first[0], "" + second[0]);
    }

    /** The column that the embedding reads is not the last, and others lie between. */
    @Test
    void namesTheColumnWhoseCategoryThereIsNot() throws IOException {
        String words = "dropout(0.1) embedding(3, 2, column=1) embedding(5, 1, column=0) skip";
        weights = Weights.seeded(Network.parse(words + " lstm(2)", 3), 3);
        new ModelFile(weights, Map.of()).write(model);

        run(
                "--skip-bad",
                "--key",
                "k",
                "--csv",
                write("a,k,b,c\n4,x,2,.5\n4,x,2.5,9\n5,x,2,9\n-1,x,1,1\n").toString());

        assertThat(err.toString().lines().map(line -> line.replaceAll(".* line", "line")))
                .containsExactly(
                        "line 3: b is 2.5; need a whole number from 0 to 2, which embedding(3, 2, column=1) reads",
                        "line 4: a is 5; need a whole number from 0 to 4, which embedding(5, 1, column=0) reads",
                        "line 5: a is -1; need a whole number from 0 to 4, which embedding(5, 1, column=0) reads",
                        "3 rows skipped");
        assertThat(result()).hasSize(2);
    }

    @Test
    void refusesToWriteOverWhatItReads() throws IOException {
        Path csv = write("a,b\n1,2\n");

        int code =
                command(
                        "predict",
                        "--model",
                        model.toString(),
                        "--csv",
                        csv.toString(),
                        "--out",
                        folder.resolve(".").resolve("in.csv").toString());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("is a file that is read; need another");
        assertThat(csv).hasContent("a,b\n1,2\n");
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
                        "cellstream: %s: file: has 3 bytes; need safetensors, .keras or .h5"
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

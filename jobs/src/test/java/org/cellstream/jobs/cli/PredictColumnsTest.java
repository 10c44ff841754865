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
import org.cellstream.config.StandardisationConfig;
import org.cellstream.features.Columns;
import org.cellstream.features.EventFacts;
import org.cellstream.features.FeaturePipeline;
import org.cellstream.model.KeyedRunner;
import org.cellstream.model.ModelFile;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Model files whose metadata holds the columns with their transforms. */
class PredictColumnsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    void transformsTheColumnsThatTheFileNames() throws IOException {
        Weights weights =
                model("lstm(4) dense(1)", 3, Map.of("columns", "a=A|log, r=B/A, d=B|diff"));

        int code = run("A,other,k,B\n1,?,x,2\n2,,y,5\n4,,x,3\n", "--key", "k");

        KeyedRunner runner = new KeyedRunner(weights);
        float x1 = runner.step("x", new float[] {0, 2, 0})[0];
        float y1 = runner.step("y", new float[] {(float) Math.log(2), 2.5f, 0})[0];
        float x2 = runner.step("x", new float[] {(float) Math.log(4), 0.75f, 1})[0];
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(result()).containsExactly("k,y0", "x," + x1, "y," + y1, "x," + x2);
    }

    @Test
    void standardisesWhatTheTransformsGive() throws IOException {
        String standardisation = "{\"mean\": [1700000000, 1, 0, 0], \"scale\": [2, 4, 1, 1]}";
        Weights weights =
                model(
                        "lstm(4) dense(1)",
                        4,
                        Map.of(
                                "columns",
                                "A, wait=gap, h=time|hour|cyclic",
                                "standardisation",
                                standardisation));

        int code =
                run(
                        "A,t\n1700000001,2026-01-01T06:00:00Z\n1700000000,2026-01-01T18:00:00Z\n",
                        "--time",
                        "t");

        KeyedRunner runner = new KeyedRunner(weights);
        float sin6 = (float) StrictMath.sin(2 * Math.PI * 6 / 24);
        float cos6 = (float) StrictMath.cos(2 * Math.PI * 6 / 24);
        float sin18 = (float) StrictMath.sin(2 * Math.PI * 18 / 24);
        float cos18 = (float) StrictMath.cos(2 * Math.PI * 18 / 24);
        float first = runner.step("", new float[] {0.5f, -0.25f, sin6, cos6})[0];
        float second = runner.step("", new float[] {0, (43_200 - 1) / 4f, sin18, cos18})[0];
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(result()).containsExactly("y0", "" + first, "" + second);
    }

    @Test
    void standardisesPerKeyAsAJobDoes() throws IOException {
        Weights weights =
                model(
                        "lstm(4) dense(1)",
                        1,
                        Map.of("columns", "A", "standardisation", "{\"rate\": 0.1, \"clip\": 3}"));

        int code = run("A\n1\n2\n5\n3\n");

        FeaturePipeline pipeline =
                new FeaturePipeline(Columns.parse("A"), new StandardisationConfig(0.1, 3));
        double[] memory = new double[pipeline.memorySize()];
        KeyedRunner runner = new KeyedRunner(weights);
        List<String> expected = new ArrayList<>(List.of("y0"));
        for (double a : new double[] {1, 2, 5, 3}) {
            float[] row = new float[1];
            pipeline.advance(new double[] {a}, new EventFacts("", 0, 0), memory, row, 0);
            expected.add("" + runner.step("", row)[0]);
        }
        assertThat(code).isZero();
        assertThat(result()).isEqualTo(expected);
    }

    @Test
    void cellOfAColumnThatMayBeMissingMayBeEmpty() throws IOException {
        Weights weights = model("lstm(4) dense(1)", 4, Map.of("columns", "A, b=B|missing"));

        int code = run("A,B,t\n1,5,0\n1,,1000\n1,NaN,3000\n", "--time", "t");

        KeyedRunner runner = new KeyedRunner(weights);
        List<String> expected = new ArrayList<>(List.of("y0"));
        for (double since : new double[] {-1, 1, 3}) {
            float mask = since < 0 ? 0 : 1;
            float input = mask == 0 ? 0 : (float) StrictMath.log1p(since);
            expected.add("" + runner.step("", new float[] {1, 5, mask, input})[0]);
        }
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(result()).isEqualTo(expected);
    }

    @Test
    void rowThatATransformCannotTakeIsNamedOrSkipped() throws IOException {
        model("lstm(4) dense(1)", 1, Map.of("columns", "a=A|log"));
        String rows = "A\n2\n0\n3\n";

        assertThat(run(rows)).isEqualTo(2);
        assertThat(err.toString())
                .contains("in.csv line 3: column a")
                .contains("--skip-bad leaves such rows out");
        assertThat(run(rows, "--skip-bad")).isZero();
        assertThat(result()).hasSize(3);
    }

    @Test
    void rowWhoseStepIsNotFiniteLeavesNoTrace() throws IOException {
        Network network = Network.parse("dense(1, exponential)", 1);
        Weights weights = new Weights(network, new float[] {1, 0});
        new ModelFile(weights, Map.of("columns", "a=A|diff"))
                .write(folder.resolve("m.safetensors"));

        assertThat(run("A\n0\n1\n1000\n2\n", "--skip-bad")).isZero();

        List<String> withBad = result();
        assertThat(run("A\n0\n1\n2\n")).isZero();
        assertThat(withBad).isEqualTo(result()).hasSize(4);
    }

    @Test
    void rowOfACategoryThatThereIsNotLeavesNoTrace() throws IOException {
        model("embedding(3, 1) dense(1)", 2, Map.of("columns", "a=a|diff, c=c"));

        assertThat(run("a,c\n0,0\n1,1\n50,7\n2,2\n", "--skip-bad")).isZero();

        List<String> withBad = result();
        assertThat(run("a,c\n0,0\n1,1\n2,2\n")).isZero();
        assertThat(withBad).isEqualTo(result()).hasSize(4);
    }

    @Test
    void fileThatIsCalledAsAnUnfinishedOneStays() throws IOException {
        model("lstm(4) dense(1)", 1, Map.of());
        Path other = Files.writeString(folder.resolve("out.csv.part"), "mine");

        assertThat(run("A\n1\n")).isZero();

        assertThat(other).hasContent("mine");
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("in.csv", "m.safetensors", "out.csv", "out.csv.part");
    }

    @Test
    void rawTakesTheInputsAsTheyAre() throws IOException {
        Weights weights = model("lstm(4) dense(1)", 1, Map.of("columns", "a=A|log"));

        assertThat(run("B\n0\n", "--raw")).isZero();

        float y = new KeyedRunner(weights).step("", new float[] {0})[0];
        assertThat(result()).containsExactly("y0", "" + y);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    a=A|lag ~ ~ metadata "columns": columns, character 5: "lag" has wrong arguments
                    a=A, b=B ~ ~ metadata "columns": "a=A, b=B" makes 2 inputs; the network takes 1
                    a=C ~ ~ the columns of the model, "a=C", read "C"; the file has A, B
                    a=A, w=gap ~ ~ makes 2 inputs
                    w=gap ~ ~ metadata "columns": columns "w=gap" read no field of a row
                    a=A ~ {"rate": 2, "clip": 3} ~ metadata "standardisation": need
                    a=A ~ {"rate": 0.1} ~ metadata "standardisation": need
                    a=A ~ {"mean": [0], "scale": [0]} ~ metadata "standardisation": need
                    a=A|category(3) ~ {"mean": [1], "scale": [1]} ~ column a has a category, an angle or a mark with mean 1.0 and scale 1.0; need 0 and 1
                    """)
    void metadataThatCannotBeAppliedIsRefused(
            String columns, String standardisation, String message) throws IOException {
        Map<String, String> metadata =
                standardisation == null
                        ? Map.of("columns", columns)
                        : Map.of("columns", columns, "standardisation", standardisation);
        model("lstm(4) dense(1)", 1, metadata);

        int code = run("A,B\n1,2\n");

        assertThat(err.toString()).startsWith("cellstream: ").contains(message);
        assertThat(code).isEqualTo(2);
    }

    @Test
    void columnsOfTheTimeNeedATime() throws IOException {
        model("lstm(4) dense(1)", 2, Map.of("columns", "A, wait=gap"));

        int without = run("A,t\n1,5\n");
        int broken = run("A,t\n1,soon\n", "--time", "t");
        int back = run("A,t\n1,5\n1,4\n", "--time", "t");

        assertThat(List.of(without, broken, back)).containsOnly(2);
        assertThat(err.toString())
                .contains("the model's columns read the time of a row; need --time COLUMN")
                .contains("in.csv line 2: t is \"soon\"; need ISO 8601")
                .contains("in.csv line 3: its time is before the one of the key's last row");
    }

    @Test
    void runningStandardisationWithoutColumnsIsRefused() throws IOException {
        model("lstm(4) dense(1)", 1, Map.of("standardisation", "{\"rate\": 0.1, \"clip\": 3}"));

        assertThat(run("A\n1\n")).isEqualTo(2);

        assertThat(err.toString()).contains("a rate needs \"columns\" beside it");
    }

    @Test
    void categoriesThatThereAreNotAreTold() throws IOException {
        model("embedding(3, 2) dense(1)", 2, Map.of("columns", "A, kind=B|category(5)"));
        int others = run("A,B\n1,4\n");
        model("embedding(3, 2) dense(1)", 2, Map.of("columns", "A, kind=B|category(3)"));
        int outside = run("A,B\n1,7\n");

        assertThat(List.of(others, outside)).containsOnly(2);
        assertThat(err.toString())
                .contains(
                        "line 2: kind is 4; need a whole number from 0 to 2, which embedding(3, 2) reads")
                .contains(
                        "line 2: column kind: category(3) cannot take 7.0, from B of 7.0; it takes"
                                + " whole numbers from 0 to 2");
    }

    private Weights model(String layers, int inputs, Map<String, String> metadata)
            throws IOException {
        Weights weights = Weights.seeded(Network.parse(layers, inputs), 3);
        new ModelFile(weights, metadata).write(folder.resolve("m.safetensors"));
        return weights;
    }

    private List<String> result() throws IOException {
        return Files.readAllLines(folder.resolve("out.csv"));
    }

    private int run(String csv, String... arguments) throws IOException {
        Path in = Files.writeString(folder.resolve("in.csv"), csv);
        List<String> all = new ArrayList<>(List.of("predict", "--csv", in.toString()));
        all.addAll(List.of("--model", folder.resolve("m.safetensors").toString()));
        all.addAll(List.of("--out", folder.resolve("out.csv").toString()));
        all.addAll(List.of(arguments));
        return Main.run(
                new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(new String[0]));
    }
}

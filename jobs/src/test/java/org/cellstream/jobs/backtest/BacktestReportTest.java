package org.cellstream.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestReportTest {

    @TempDir private Path folder;

    @Test
    void hasTheFieldsThatChecksRelyOn() {
        String json = report(TestingResults.of(1, 0.5)).numbers().toJson();

        assertThat(json)
                .contains(
                        "\"rows\" : 83,",
                        "\"accepted\" : 80,",
                        "\"rejectedNotFinite\" : 0,",
                        "\"late\" : 3,",
                        "\"forecasts\" : 80,",
                        "\"duplicates\" : 0,",
                        "\"missing\" : 0,",
                        "\"mae\" : 0.5,",
                        "\"mase\" : 0.5,",
                        "\"persistenceMae\" : 1.0,",
                        "\"maeSkill\" : 0.5,",
                        "\"rmseSkill\" : 0.5,",
                        "\"maeSkillNetwork\" : 0.5,",
                        "\"meanWidth\" : ",
                        "\"persistenceMeanWidth\" : ",
                        "\"coverageTenth1\" : 1.0,",
                        "\"coverageTenth10\" : 0.75,",
                        "\"firstWeightsNumber\" : 0,",
                        "\"lastWeightsNumber\" : 7,",
                        "\"forecastsSha256\" : \"0123\",",
                        "\"wallSeconds\" : 3.0,",
                        "\"eventsPerSecond\" : 40.0\n");
    }

    @Test
    void hasNoNumberForAMethodThatWasNotThere() {
        String json = report(TestingResults.of(1, 0.5)).numbers().toJson();

        assertThat(json)
                .contains(
                        "\"maeSkillArRls\" : null,",
                        "\"maeSkillSeasonal\" : null,",
                        "\"maeSkillHoltWinters\" : null,");
    }

    @Test
    void tellsTheMedianOfSeveralSeedsAndTheSpread() {
        String json =
                report(
                                TestingResults.of(1, 0.75),
                                TestingResults.of(2, 0.25),
                                TestingResults.of(3, 0.5))
                        .numbers()
                        .toJson();

        assertThat(json)
                .contains(
                        "\"seed\" : 3,",
                        "\"maeSkill\" : 0.5,",
                        "\"seeds\" : 3,",
                        "\"maeSkillMedian\" : 0.5,",
                        "\"maeSkillLowest\" : 0.25,",
                        "\"maeSkillHighest\" : 0.75,");
    }

    @Test
    void tellsTheLowerOfTheMiddleTwo() {
        String json =
                report(TestingResults.of(1, 0.25), TestingResults.of(2, 0.75)).numbers().toJson();

        assertThat(json).contains("\"seed\" : 2,", "\"maeSkillMedian\" : 0.25,");
    }

    @Test
    void saysWhatWasTuned() {
        Tuning tuning =
                new Tuning(
                        5,
                        List.of(
                                new Tuning.Trial(Map.of("a", "1"), 0.1),
                                new Tuning.Trial(Map.of("a", "2"), 0.2)));

        BacktestReport report = new BacktestReport(List.of(TestingResults.of(1, 0.5)), tuning, 3);

        assertThat(report.numbers().toJson())
                .contains("\"tuned\" : \"a=2\",", "\"tunedTrials\" : 2,");
        assertThat(report.toText()).containsPattern("a=2 +\\+20.0% +taken");
    }

    @Test
    void showsTablesOnATerminal() {
        String text = report(TestingResults.of(1, 0.5), TestingResults.of(2, 0.25)).toText();

        assertThat(text)
                .startsWith("83 rows, 80 forecasts of 2 keys, seed 1; scored: after 1970-01-04 to")
                .containsPattern("mixture +0.5000 +0.5000 +0.5000 +\\+50.0%")
                .containsPattern("last +1.000 +1.000 +1.000 +\\+0.0%")
                .contains("90.0% intervals")
                .containsPattern("2 +\\+75.0%");
    }

    @Test
    void drawsOnePageThatNeedsNoNetworkAndNoScript() throws IOException {
        Path file = folder.resolve("report.html");

        report(TestingResults.of(1, 0.5)).writeHtml(file);

        String html = Files.readString(file);
        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n")
                .contains("&lt;b&gt; &amp; &quot;c&quot;", "data:image/png;base64,iVBORw0KGgo")
                .doesNotContain("<b>", "http:", "https:", "<script");
        assertThat(html.split("<img ", -1)).hasSize(1 + 6); // course, keys, two of intervals, 2
    }

    private static BacktestReport report(BacktestResult... results) {
        return new BacktestReport(List.of(results), null, 3);
    }
}

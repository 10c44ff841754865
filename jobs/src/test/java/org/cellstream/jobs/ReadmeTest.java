package org.cellstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.Formatter;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.jobs.config.JobOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README says of options, metrics and code is what the project has. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern METRIC =
            Pattern.compile("(?:counter|gauge|histogram)\\(\\s*\"(\\w+)\"");

    @Test
    void tableOfTheOperatorsOptionsIsComplete() throws IOException {
        assertThat(readme()).contains(table(CellstreamOptions.all()));
    }

    @Test
    void tableOfTheJobsOptionsIsComplete() throws IOException {
        assertThat(readme()).contains(table(JobOptions.all()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"inference/InferenceMetrics", "training/TrainingMetrics"})
    void everyMetricIsListed(String source) throws IOException {
        Path file = ROOT.resolve("operators/src/main/java/org/cellstream/" + source + ".java");

        List<String> metrics =
                METRIC.matcher(Files.readString(file)).results().map(m -> m.group(1)).toList();

        assertThat(metrics).hasSizeGreaterThan(8);
        assertThat(metrics).allSatisfy(name -> assertThat(readme()).contains("`" + name + "`"));
    }

    @Test
    void exampleIsCodeThatCompiles() throws IOException {
        Path file = ROOT.resolve("operators/src/test/java/org/cellstream/ReadmeExample.java");
        String code = Files.readString(file);

        List<String> lines =
                code.substring(code.indexOf("// begin") + 8, code.indexOf("// end"))
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();

        assertThat(lines).hasSizeGreaterThan(8);
        assertThat(readme().lines().map(String::strip).toList()).containsSubsequence(lines);
    }

    @Test
    void nothingIsLeftToBeFilledIn() throws IOException {
        assertThat(readme().lines()).noneMatch(line -> line.matches("[A-Z_]+_[A-Z_]+"));
    }

    private static String table(List<ConfigOption<?>> options) {
        return options.stream()
                .map(
                        option ->
                                "| `%s` | %s | %s |\n"
                                        .formatted(option.key(), value(option), text(option)))
                .collect(
                        Collectors.joining(
                                "", "| option | default | meaning |\n|---|---|---|\n", ""));
    }

    private static String value(ConfigOption<?> option) {
        Object value = option.defaultValue();
        if (value == null) {
            return "";
        }
        return "`%s`"
                .formatted(
                        value instanceof Duration time
                                ? TimeUtils.formatWithHighestUnit(time)
                                : value);
    }

    private static String text(ConfigOption<?> option) {
        Formatter plain = new HtmlFormatter();
        return Stream.of(plain.format(option.description()))
                .map(html -> html.replace("&quot;", "\"").replace("&amp;", "&").replace("|", "\\|"))
                .collect(Collectors.joining());
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}

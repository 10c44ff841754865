package org.cellstream.jobs.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;

/**
 * A job's YAML file. Its section {@code cellstream} holds our options, {@code kafka} settings of
 * every Kafka client, {@code flink} options of Flink.
 *
 * @param job the checked options
 * @param flink options of Flink, as they were written
 */
@Internal
public record ConfigFile(JobConfig job, Configuration flink) {

    private static final String FLINK = "flink.";
    private static final String KAFKA = "kafka.";
    private static final String SECTIONS = "keys start with cellstream., " + KAFKA + " or " + FLINK;

    /** The same without overrides. */
    public static ConfigFile read(Path file) throws IOException {
        return read(file, Map.of());
    }

    /**
     * Reads and checks a file.
     *
     * @param overrides options of ours that count more than the file's
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read
     * @throws WrongConfigException if something in it is wrong; the message lists all that is, with
     *     lines
     */
    public static ConfigFile read(Path file, Map<String, String> overrides) throws IOException {
        YamlEntries yaml = YamlEntries.parse(text(file));
        Configuration options = new Configuration();
        Configuration flink = new Configuration();
        List<Mistake> mistakes = new ArrayList<>(yaml.mistakes());
        yaml.entries()
                .forEach(
                        (key, entry) -> {
                            if (key.startsWith(FLINK)) {
                                flink.setString(key.substring(FLINK.length()), entry.value());
                            } else if (key.startsWith(KAFKA) || KnownKeys.contains(key)) {
                                options.setString(key, entry.value());
                            } else {
                                mistakes.add(KnownKeys.unknown(key, SECTIONS));
                            }
                        });
        overrides.forEach(options::setString);
        yaml.entries()
                .keySet()
                .removeAll(overrides.keySet()); // else their mistakes were the file's
        if (yaml.isReadable()) {
            mistakes.addAll(new OptionChecks(options).find());
        }
        if (!mistakes.isEmpty()) {
            throw new WrongConfigException(file.toString(), withLines(mistakes, yaml.entries()));
        }
        return new ConfigFile(JobConfig.checked(options), flink);
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text in UTF-8", e);
        }
    }

    /** Mistakes in the order of the file, each with its line; those about what is missing last. */
    private static List<Mistake> withLines(
            List<Mistake> mistakes, Map<String, YamlEntries.Entry> entries) {
        record Placed(int line, Mistake mistake) {}
        return mistakes.stream()
                .map(
                        m -> {
                            YamlEntries.Entry entry = entries.get(m.key());
                            return entry == null
                                    ? new Placed(m.key().isEmpty() ? 0 : Integer.MAX_VALUE, m)
                                    : new Placed(
                                            entry.line(),
                                            new Mistake(
                                                    m.key(),
                                                    "line " + entry.line() + ": " + m.text()));
                        })
                .sorted(Comparator.comparingInt(Placed::line))
                .map(Placed::mistake)
                .toList();
    }
}

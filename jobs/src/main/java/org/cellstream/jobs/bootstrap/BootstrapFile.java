package org.cellstream.jobs.bootstrap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.jobs.report.Report;

/** The report of a bootstrap, which stays beside its savepoint. */
@Internal
public final class BootstrapFile {

    static final String LAST_TIME = "lastTimeMillis";

    private static final String NAME = "bootstrap.json";

    private BootstrapFile() {}

    static void write(Path savepoint, Report report) throws IOException {
        report.write(savepoint.resolve(NAME));
    }

    /**
     * Last event time of the file that a savepoint was made from, epoch milliseconds; empty if it
     * was not made from a file.
     *
     * @throws WrongInputException if the report is there, but is none
     */
    public static OptionalLong lastTime(Path savepoint) throws IOException {
        Path file = savepoint.resolve(NAME);
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && LAST_TIME.equals(json.currentName())) {
                    return OptionalLong.of(json.getLongValue());
                }
            }
        } catch (JsonProcessingException e) {
            throw new WrongInputException(
                    "%s is no report of a bootstrap: %s".formatted(file, e.getOriginalMessage()),
                    e);
        }
        throw new WrongInputException(
                "%s is no report of a bootstrap: it has no %s".formatted(file, LAST_TIME));
    }
}

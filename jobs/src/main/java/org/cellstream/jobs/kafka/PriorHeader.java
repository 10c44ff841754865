package org.cellstream.jobs.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What is usual among keys as a header {@code prior} of each record of a version of the weights: a
 * JSON array of numbers. Readers that do not know it read the weights all the same.
 */
final class PriorHeader {

    private static final String NAME = "prior";

    private PriorHeader() {}

    static Header of(double[] prior) {
        return new RecordHeader(NAME, Arrays.toString(prior).getBytes(StandardCharsets.US_ASCII));
    }

    /** What a record says; null if it says nothing that can be read. */
    static double @Nullable [] read(Headers headers) {
        Header header = headers.lastHeader(NAME);
        if (header == null || header.value() == null) {
            return null;
        }
        DoubleStream.Builder numbers = DoubleStream.builder();
        try (JsonParser parser = Json.FACTORY.createParser(header.value())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return null;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                numbers.add(parser.getDoubleValue());
            }
            return numbers.build().toArray();
        } catch (IOException e) {
            return null; // somebody else's header: the weights can be read without it
        }
    }
}

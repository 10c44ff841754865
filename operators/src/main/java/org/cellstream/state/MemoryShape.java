package org.cellstream.state;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.flink.annotation.Internal;
import org.cellstream.features.Columns;
import org.cellstream.nn.Network;

/**
 * What a memory is made for. Of a memory of another shape only what fits is read into this network.
 *
 * @param network whose state it holds
 * @param columns whose transforms and standardisation it holds
 */
@Internal
public record MemoryShape(Network network, Columns columns) implements Serializable {

    /** What the memory of columns looks like: one of another layout has another fingerprint. */
    private static final String LAYOUT = "2: ";

    private static final Pattern DESCRIPTION =
            Pattern.compile(
                    "(?<network>.*) over (?<inputs>\\d+) inputs? on (?<columns>.*) for (?<target>.*)");

    public MemoryShape {
        if (columns.width() != network.inputs()) {
            throw new IllegalArgumentException(
                    "the columns %s are %d wide; the network takes %d inputs"
                            .formatted(columns, columns.width(), network.inputs()));
        }
    }

    /** Network, columns and target as text: what a snapshot names, and {@link #parse} reads. */
    public String describe() {
        return network + " on " + columns + " for " + columns.target();
    }

    /**
     * Reads what {@link #describe} wrote.
     *
     * @throws IllegalArgumentException if it is no such text, or one of a later Cellstream
     */
    public static MemoryShape parse(String description) {
        Matcher parts = DESCRIPTION.matcher(description);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" does not describe a memory".formatted(description));
        }
        int inputs = Integer.parseInt(parts.group("inputs"));
        return new MemoryShape(
                Network.parse(parts.group("network"), inputs),
                Columns.parse(parts.group("columns"), parts.group("target")));
    }

    /**
     * A number that two shapes share only if they have the same description, but for one chance in
     * 2^32.
     */
    int fingerprint() {
        return fingerprint(describe());
    }

    static int fingerprint(String description) {
        CRC32C crc = new CRC32C();
        crc.update((LAYOUT + description).getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}

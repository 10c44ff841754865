package org.cellstream.state;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.apache.flink.annotation.Internal;
import org.cellstream.features.Columns;
import org.cellstream.nn.Network;

/**
 * What a memory is made for. A memory of another shape is never read into this network.
 *
 * @param network whose state it holds
 * @param columns whose transforms and standardisation it holds
 */
@Internal
public record MemoryShape(Network network, Columns columns) implements Serializable {

    public MemoryShape {
        if (columns.width() != network.inputs()) {
            throw new IllegalArgumentException(
                    "the columns %s are %d wide; the network takes %d inputs"
                            .formatted(columns, columns.width(), network.inputs()));
        }
        if (network.outputs() != 1) {
            throw new IllegalArgumentException(
                    "the network %s has %d outputs; one target needs 1, so end it with dense(1)"
                            .formatted(network.text(), network.outputs()));
        }
    }

    /** Network, columns and target as text: what a snapshot names. */
    public String describe() {
        return network + " on " + columns + " for " + columns.target();
    }

    /**
     * A number that two shapes share only if they have the same description, but for one chance in
     * 2^32.
     */
    int fingerprint() {
        CRC32C crc = new CRC32C();
        crc.update(describe().getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}

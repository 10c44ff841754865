package org.cellstream.state;

import org.apache.flink.annotation.Internal;

/** What {@link ResidentMemories} must know of a key. */
@Internal
public interface KeyFacts<K> {

    /** Bytes of heap that it takes. */
    int bytes(K key);

    /** The key group that Flink assigns it to, by which managed state is ordered; from 0. */
    int group(K key);
}

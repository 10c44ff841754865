package org.cellstream.benchmarks.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.cellstream.benchmarks.harness.JobSpec;
import org.cellstream.jobs.kafka.EventWriter;

/** Sends events in JSON, of random keys, with numbers that were written beforehand. */
public final class KafkaEvents implements AutoCloseable {

    private static final int ROWS = 4096;
    private static final double NANOS_A_SECOND = 1e9;
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 500_000;

    private final EventWriter writer;
    private final String[] rows = rows();
    private final SplittableRandom random = new SplittableRandom(1);

    public KafkaEvents(String kafka, String topic) {
        writer = new EventWriter(kafka, topic);
    }

    private static String[] rows() {
        SplittableRandom random = new SplittableRandom(2);
        String[] rows = new String[ROWS];
        for (int r = 0; r < ROWS; r++) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < JobSpec.INPUTS; i++) {
                row.append(String.format(Locale.ROOT, ",\"x%d\":%.6f", i, random.nextDouble()));
            }
            rows[r] = row.append('}').toString();
        }
        return rows;
    }

    /**
     * Sends events and waits until Kafka has them.
     *
     * @param perSecond how many a second; 0 for as fast as Kafka takes them. The time of each is
     *     when it was due, even if it could not be sent then.
     */
    public void send(int keys, long count, double perSecond) throws IOException {
        long start = System.nanoTime();
        long startMillis = System.currentTimeMillis();
        for (long i = 0; i < count; i++) {
            long due = perSecond == 0 ? 0 : (long) (i * NANOS_A_SECOND / perSecond);
            long time =
                    perSecond == 0 ? System.currentTimeMillis() : startMillis + due / NANOS_A_MILLI;
            awaitDue(start + due);
            String key = "key-" + random.nextInt(keys);
            String json = "{\"key\":\"" + key + "\",\"time\":" + time + rows[(int) (i % ROWS)];
            writer.send(key, json.getBytes(StandardCharsets.ISO_8859_1));
        }
        writer.flush();
    }

    private static void awaitDue(long nanos) {
        for (long wait = nanos - System.nanoTime(); wait > 0; wait = nanos - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(wait, LONGEST_PAUSE_NANOS));
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}

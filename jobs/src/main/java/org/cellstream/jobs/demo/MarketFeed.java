package org.cellstream.jobs.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.cellstream.jobs.kafka.EventWriter;
import org.cellstream.jobs.market.Market;
import org.cellstream.jobs.market.Trade;
import org.jspecify.annotations.Nullable;

/**
 * Sends trades at a steady rate from a thread of its own, until it is closed. After a stall it goes
 * on at its rate; what was not sent in the stall is not caught up beyond one second.
 */
final class MarketFeed implements AutoCloseable {

    static final String SYMBOL = "symbol";
    static final String TIME = "time";

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long PATIENCE_MILLIS = 10_000;

    private final JsonFactory json = new JsonFactory();
    private final Market market;
    private final int rate;
    private final EventWriter writer;
    private final Map<String, RecentPrices> recent = new TreeMap<>();
    private final Thread thread = new Thread(this::run, "market-feed");
    private volatile boolean stopped;
    private final AtomicLong sent = new AtomicLong();
    private volatile @Nullable IOException failure;
    private long lastTime;

    /**
     * @param rate trades a second
     * @param watched symbols whose last prices are kept
     * @param writer where trades go
     */
    MarketFeed(Market market, int rate, List<String> watched, EventWriter writer) {
        this.market = market;
        this.rate = rate;
        this.writer = writer;
        watched.forEach(symbol -> recent.put(symbol, new RecentPrices()));
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            long begin = System.nanoTime();
            while (!stopped) {
                long missing = due(begin) - sent.get();
                if (missing > rate) {
                    begin += (long) ((missing - rate) * NANOS_PER_SECOND / rate);
                }
                for (long i = Math.min(missing, rate); i > 0 && !stopped; i--) {
                    send(market.next());
                }
                LockSupport.parkNanos(TICK_NANOS);
            }
            writer.flush();
        } catch (IOException e) {
            failure = e;
        }
    }

    /** How many trades should have been sent since {@code begin}. */
    private long due(long begin) {
        return (long) ((System.nanoTime() - begin) / NANOS_PER_SECOND * rate);
    }

    private void send(Trade trade) throws IOException {
        RecentPrices prices = recent.get(trade.symbol());
        if (prices != null) {
            prices.add(trade.price());
        }
        // A clock that is set back would make late events.
        lastTime = Math.max(lastTime, System.currentTimeMillis());
        writer.send(trade.symbol(), encode(trade, lastTime));
        sent.incrementAndGet();
    }

    private byte[] encode(Trade trade, long time) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
        try (JsonGenerator object = json.createGenerator(bytes)) {
            object.writeStartObject();
            object.writeStringField(SYMBOL, trade.symbol());
            object.writeNumberField(TIME, time);
            object.writeNumberField("price", trade.price());
            object.writeNumberField("size", trade.size());
            object.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** Trades sent so far. */
    long sent() {
        return sent.get();
    }

    /** The last prices of the watched symbols, by symbol. */
    Map<String, RecentPrices> recent() {
        return recent;
    }

    /** Fails if sending has failed. */
    void check() throws IOException {
        IOException first = failure;
        if (first != null) {
            throw first;
        }
    }

    /** Sends no more and waits until Kafka has all. */
    void stop() throws IOException, InterruptedException {
        stopped = true;
        thread.join(PATIENCE_MILLIS);
        check();
    }

    /** Stops in the middle of what it does. */
    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

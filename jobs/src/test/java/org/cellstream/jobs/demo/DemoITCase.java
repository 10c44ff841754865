package org.cellstream.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cellstream.jobs.report.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoITCase {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final StringWriter text = new StringWriter();
    private final List<Report> reports = new ArrayList<>();

    @TempDir private Path temporary;

    @Test
    void forecastsEveryEventOnceAndLeavesNothingBehind() throws Exception {
        demo(Duration.ofSeconds(6)).run(reports::add);

        assertThat(reports).hasSize(1);
        String report = reports.get(0).toJson();
        long sent = number(report, "sent");
        assertThat(sent).isBetween(1500L, 3300L);
        assertThat(number(report, "forecasts")).isEqualTo(sent);
        assertThat(number(report, "duplicates")).isZero();
        assertThat(report)
                .contains(
                        "weightsNumber",
                        "maeSkill",
                        "firstForecastSeconds",
                        "peakResidentMiB",
                        "eventsPerSecond");
        assertThat(text.toString()).contains("the job's page is http://127.0.0.1:", "events sent");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void stopsWhenItIsInterruptedAndLeavesNothingBehind() {
        Thread demo = Thread.currentThread();
        CompletableFuture<Void> interruption =
                CompletableFuture.runAsync(
                        () -> {
                            while (!text.toString().contains("the job's page")) {
                                LockSupport.parkNanos(POLL_NANOS);
                            }
                            demo.interrupt();
                        },
                        task -> new Thread(task, "interruption").start());

        assertThatThrownBy(() -> demo(null).run(reports::add))
                .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(InterruptedException.class),
                        e -> assertThat(e).hasRootCauseInstanceOf(InterruptedException.class),
                        e -> assertThat(e).isInstanceOf(java.io.InterruptedIOException.class));
        assertThat(interruption).isCompleted();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void takesAnotherPortWhereTheUsualOneIsInUse() throws Exception {
        try (ServerSocket taken = take(8081)) {
            demo(Duration.ofSeconds(1)).run(reports::add);

            assertThat(taken.isBound()).isTrue();
            assertThat(text.toString()).contains("port 8081 is in use; the job's page takes ");
            assertThat(reports).hasSize(1);
        }
    }

    /** That port, or a socket on another one if somebody has it already. */
    private static ServerSocket take(int port) throws Exception {
        InetAddress host = InetAddress.getByName("127.0.0.1");
        try {
            return new ServerSocket(port, 1, host);
        } catch (java.io.IOException taken) {
            return new ServerSocket(0, 1, host);
        }
    }

    private Demo demo(Duration duration) {
        PrintWriter out = new PrintWriter(text, true);
        return new Demo(new DemoSettings(20, 500, duration, 1), out, temporary);
    }

    private static long number(String report, String field) {
        return Long.parseLong(report.replaceAll("(?s).*\"" + field + "\" : (\\d+),.*", "$1"));
    }
}

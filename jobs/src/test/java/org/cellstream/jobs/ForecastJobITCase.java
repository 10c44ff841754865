package org.cellstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cellstream.jobs.config.JobOptions;
import org.cellstream.jobs.kafka.LocalKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastJobITCase {

    @TempDir static Path folder;
    private static LocalKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = LocalKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void smoke() throws Exception {
        JobRun run = new JobRun(kafka, "smoke", folder.resolve("smoke"));
        run.options().set(JobOptions.BOUNDED, true);
        run.sendPrices(4, 0, 50);

        run.define().execute();

        assertThat(run.texts("forecasts")).hasSize(200);
        run.texts("forecasts").stream().limit(3).forEach(System.out::println);
        System.out.println(run.read("weights").size());
    }
}

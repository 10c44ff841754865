package org.cellstream.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobSpecTest {

    @Test
    void travelsAsArguments() {
        JobSpec spec =
                JobSpec.lstm(Form.ONNX_RUNTIME, 32)
                        .withParallelism(2)
                        .withBatchRows(8)
                        .withTraining(true)
                        .withCheckpointMillis(1000);

        assertThat(JobSpec.parse(spec.arguments())).isEqualTo(spec);
    }
}

package org.cellstream.benchmarks.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cellstream.benchmarks.step.StepCell.Kind;
import org.junit.jupiter.api.Test;

class StepCellTest {

    @Test
    void cellsAreNamedAsReportsHaveThem() {
        assertThat(new StepCell(Kind.LSTM, 64, 1).name()).isEqualTo("LstmHidden64Batch1");
        assertThat(new StepCell(Kind.GRU, 16, 400).name()).isEqualTo("GruHidden16Batch400");
    }

    @Test
    void quickRunHasFewerCellsAndWhatIsAskedForIsMeasured() {
        List<StepCell> all = StepSettings.of(false, List.of(), List.of()).cells();
        List<StepCell> quick = StepSettings.of(true, List.of(), List.of()).cells();
        List<StepCell> asked = StepSettings.of(true, List.of(100), List.of(3)).cells();

        assertThat(all).hasSize(2 * 6 * 5).containsAll(quick);
        assertThat(quick.size()).isLessThan(all.size() / 4);
        assertThat(asked)
                .containsExactly(new StepCell(Kind.LSTM, 100, 3), new StepCell(Kind.GRU, 100, 3));
    }
}

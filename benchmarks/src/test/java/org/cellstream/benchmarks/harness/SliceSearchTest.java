package org.cellstream.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SliceSearchTest {

    @Test
    void findsHowManyEventsFillASliceOnceTheRateIsSteady() {
        SliceSearch search = new SliceSearch(new Pace(1000, 500, 1));

        double perMilli = 10; // and ten times faster once it is compiled
        for (int run = 0; !search.found(); run++) {
            search.took(search.events() / perMilli);
            perMilli = run >= 1 ? 100 : 10;
        }

        assertThat(search.events()).isEqualTo(50_000);
    }

    @Test
    void doesNotLookForASteadyMachineForEver() {
        SliceSearch search = new SliceSearch(new Pace(1, 500, 1));

        int runs = 0;
        for (; !search.found(); runs++) {
            search.took(runs % 2 == 0 ? 10 : 10_000);
        }

        assertThat(runs).isLessThan(100);
        assertThat(search.events()).isPositive();
    }
}

package org.cellstream.experts;

/** What the network says. */
final class NetworkForecast implements Expert {

    @Override
    public double forecast(KeyView key) {
        return key.network;
    }
}

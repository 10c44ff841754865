package org.cellstream.jobs.examples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cellstream.event.Event;
import org.cellstream.jobs.market.Market;
import org.cellstream.jobs.market.Trade;

/**
 * Bars of a simulated market: opening, highest, lowest and closing price and volume of a few trades
 * of each stock.
 */
final class StockBars {

    /** So many that the swings of the market, of six trades, show from bar to bar. */
    private static final int TRADES = 2;

    private final int stocks;
    private final Market market;
    private final Map<String, List<Trade>> waiting = new HashMap<>();

    StockBars(int stocks) {
        this.stocks = stocks;
        this.market = new Market(stocks, 1);
    }

    /** So many bars of each stock, bar {@code n} of all of them at millisecond {@code n}. */
    List<Event<String>> events(int bars) {
        List<Event<String>> events = new ArrayList<>();
        for (int bar = 0; bar < bars; bar++) {
            for (int stock = 0; stock < stocks; stock++) {
                events.add(event(Market.name(stock), bar));
            }
        }
        return events;
    }

    /** The numbers are those of the columns' fields in the order in which these are first read. */
    private Event<String> event(String stock, long bar) {
        List<Trade> trades = next(stock);
        double open = trades.get(0).price();
        double close = trades.get(trades.size() - 1).price();
        double high = trades.stream().mapToDouble(Trade::price).max().orElseThrow();
        double low = trades.stream().mapToDouble(Trade::price).min().orElseThrow();
        double volume = trades.stream().mapToDouble(Trade::size).sum();
        return Event.of(stock, bar, close, high, low, open, volume);
    }

    /** The stock's next trades; those of others that come before wait for their turn. */
    private List<Trade> next(String stock) {
        List<Trade> own = waiting.computeIfAbsent(stock, name -> new ArrayList<>());
        while (own.size() < TRADES) {
            Trade trade = market.next();
            waiting.computeIfAbsent(trade.symbol(), name -> new ArrayList<>()).add(trade);
        }
        List<Trade> next = List.copyOf(own.subList(0, TRADES));
        own.subList(0, TRADES).clear();
        return next;
    }
}

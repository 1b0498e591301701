#include "ui/shell/Bench.h"

#include <unistd.h>
#include <wx/app.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "ui/screens/DossierScreen.h"

namespace tram::shell {

namespace {

using Steady = std::chrono::steady_clock;
constexpr int kRounds = 40;

void report(const char* what, std::vector<double> ms) {
    std::sort(ms.begin(), ms.end());
    const auto at = [&](double share) {
        return ms[static_cast<std::size_t>(share * static_cast<double>(ms.size() - 1))];
    };
    std::printf("%s p50 %.2f p95 %.2f max %.2f n %zu\n", what, at(0.5), at(0.95), ms.back(), ms.size());
}

double timed(const std::function<void()>& work) {
    const auto begin = Steady::now();
    work();
    return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

int paints = 0;

/// Before the window is mapped Update() paints nothing, and a figure would be too good.
void afterFirstPaint(Kiosk& kiosk, std::function<void()> work) {
    kiosk.surface().Bind(wxEVT_PAINT, [&kiosk, work = std::move(work)](wxPaintEvent& event) {
        event.Skip();
        if (++paints == 1) kiosk.CallAfter(work);
    });
}

/// From an action's press to the finished paint of what it brings; drawing is asked for, so the loop runs
/// once.
double pressAndPaint(Kiosk& kiosk, const char* id) {
    return timed([&] {
        if (const auto view = kiosk.surface().find(id); view && view->onPress) {
            const auto action = view->onPress;
            action();
        }
        kiosk.drawNow();
        kiosk.surface().Update();
    });
}

void typeKeys(Kiosk& kiosk, std::vector<double>& presses) {
    static const char* const keys[] = {"key.n", "key.g", "key.u", "key.o",
                                       "key.i", "key.w", "key.f", "key.space"};
    for (const auto* key : keys) presses.push_back(pressAndPaint(kiosk, key));
}

/// All of a page as it is: what the map's figure is to be held against.
std::vector<double> sameAgain(Kiosk& kiosk) {
    std::vector<double> repaints;
    for (int i = 0; i < kRounds; ++i)
        repaints.push_back(timed([&] {
            kiosk.surface().refresh();
            kiosk.surface().Update();
        }));
    return repaints;
}

/// As a finger pulls it, a little further each time; and all of the page around it.
std::vector<double> pullMap(Kiosk& kiosk) {
    constexpr int kX = 9, kY = 5;
    std::vector<double> moves;
    for (int i = 0; i < kRounds; ++i)
        moves.push_back(timed([&] {
            if (const auto map = kiosk.surface().find("map")) map->pulledBy({kX, kY});
            kiosk.surface().refresh();
            kiosk.surface().Update();
        }));
    return moves;
}

/// All that there are, one press each.
void switchLayersOn(Kiosk& kiosk) {
    pressAndPaint(kiosk, "map.layers");
    for (const auto& view : kiosk.surface().describe())
        if (view.id.starts_with("layer.")) pressAndPaint(kiosk, view.id.c_str());
}

/// From a slip's code read by the scanner to the answer painted, over the line to the gateway and back.
std::vector<double> lookUp(Kiosk& kiosk) {
    constexpr int kLookups = 20;
    constexpr std::chrono::seconds kLongest{10};
    std::vector<double> answers;
    for (int i = 0; i < kLookups; ++i) {
        kiosk.home();
        kiosk.drawNow();
        answers.push_back(timed([&] {
            kiosk.open(std::make_unique<screens::DossierScreen>(kiosk, "H29.168-261105-0042"));
            const auto until = Steady::now() + kLongest;
            while (kiosk.screen().name() != "dossier_status" && Steady::now() < until) wxTheApp->Yield(true);
            kiosk.drawNow();
            kiosk.surface().Update();
        }));
        if (kiosk.screen().name() != "dossier_status") return {};
    }
    return answers;
}

/// This process is not dumpable: nobody but itself can read its map.
long pssKib() {
    long kib = 0;
    if (FILE* rollup = fopen("/proc/self/smaps_rollup", "re")) {
        char line[256];
        while (fgets(line, sizeof line, rollup))
            if (std::sscanf(line, "Pss: %ld kB", &kib) == 1) break;
        fclose(rollup);
    }
    return kib;
}

void run(Kiosk& kiosk) {
    std::vector<double> pages, presses;
    pages.push_back(pressAndPaint(kiosk, "start"));
    std::printf("home_pss_kib %ld\n", pssKib());
    const auto field = "field." + kiosk.services().fields()->fields.front().id;
    for (int i = 0; i < kRounds; ++i) {
        pages.push_back(pressAndPaint(kiosk, "tile.feedback"));
        pages.push_back(pressAndPaint(kiosk, field.c_str()));
        kiosk.surface().focus("text", false);
        kiosk.drawNow();
        typeKeys(kiosk, presses);
        kiosk.home();
        pages.push_back(timed([&] {
            kiosk.drawNow();
            kiosk.surface().Update();
        }));
    }
    const auto repaints = sameAgain(kiosk);
    pressAndPaint(kiosk, "tile.nearby");
    const auto moves = pullMap(kiosk);
    switchLayersOn(kiosk);
    const auto layered = pullMap(kiosk);
    const auto samples = pages.size() + presses.size() + repaints.size() + moves.size() + layered.size();
    if (static_cast<std::size_t>(paints) < samples) {
        std::fprintf(stderr, "only %d paints for %zu samples\n", paints, samples);
        _exit(1);
    }
    report("page_change_ms", std::move(pages));
    report("press_paint_ms", std::move(presses));
    report("home_redraw_ms", repaints);
    report("map_redraw_ms", moves);
    report("map_layers_redraw_ms", layered);
    if (const auto answers = lookUp(kiosk); !answers.empty())
        report("dossier_on_screen_ms", answers);
    else
        std::printf("dossier_on_screen_ms: no answer\n");
    std::fflush(stdout);
    _exit(0);
}

}  // namespace

void benchStart(Kiosk& kiosk) {
    afterFirstPaint(kiosk, [] {
        std::printf("first_paint_monotonic_ns %lld\n",
                    static_cast<long long>(Steady::now().time_since_epoch().count()));
        std::fflush(stdout);
    });
}

void benchPages(Kiosk& kiosk) {
    afterFirstPaint(kiosk, [&kiosk] { run(kiosk); });
}

}  // namespace tram::shell

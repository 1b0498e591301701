// tram-print: the only program of ours that speaks to CUPS. A kiosk starts one for each page; it outlives the
// kiosk's process just long enough to leave nothing of the page behind.
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <string>
#include <vector>

#include "print/Errand.h"

using namespace tram;

namespace {

volatile sig_atomic_t ending = 0;

/// A page is nobody's but the resident's: not a core dump's, not a debugger's.
void keepToOurselves() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

void endOnSignals() {
    struct sigaction action{};
    action.sa_handler = [](int) { ending = 1; };
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaction(number, &action, nullptr);
    signal(SIGPIPE, SIG_IGN);
}

std::string socketOf(const std::string& argument) {
    return argument == device::kStandardSocket ? "" : argument;
}

int lookAt(const std::vector<std::string>& arguments) {
    press::PrintServer server(socketOf(arguments[1]));
    const auto printer = server.look(arguments[2]);
    device::PrintState state{device::PrintState::Stage::Spooled, {}};
    if (!printer) {
        state = {device::PrintState::Stage::Failed, printer.error().kind};
    } else if (const auto trouble = press::troubleOf(printer->reasons)) {
        state.trouble = trouble->kind;
    } else if (printer->stopped || !printer->accepting) {
        state.trouble = base::ProblemKind::PrinterStopped;
    }
    std::fputs(device::printLine(state).c_str(), stdout);
    if (printer && !printer->accepting) std::puts("not-accepting-jobs");
    if (printer)
        for (const auto& reason : printer->reasons) std::puts(reason.c_str());
    return 0;
}

int printPage(const std::vector<std::string>& arguments) {
    int patience = 0;
    const auto& text = arguments[4];
    std::from_chars(text.data(), text.data() + text.size(), patience);
    if (patience <= 0) return 2;
    // Nobody's child: a kiosk that becomes another process image would never bury it.
    if (fork() != 0) _exit(0);
    setsid();
    print::Errand(socketOf(arguments[1]), arguments[2],
                  print::Errand::Patience(std::chrono::milliseconds(patience)))
        .run(arguments[3], ending);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    keepToOurselves();
    endOnSignals();
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() == 3 && arguments[0] == device::kLookCommand) return lookAt(arguments);
    if (arguments.size() == 5 && arguments[0] == device::kPrintCommand) return printPage(arguments);
    std::fputs("tram-print is started by tram-kiosk and tram; see docs/OPERATING.md\n", stderr);
    return 2;
}

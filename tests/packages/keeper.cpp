/// A kiosk without a screen: keeps reports as ui/shell does, and says of each that it is kept only when it
/// is.
///   packages_keeper CONFIG COUNT PAUSE-MS    "kept <id>" on standard output, one a line
/// With a pause between them it also ends, after the report it is at, when its standard input does.
#include <poll.h>

#include <iostream>

#include "StationOutbox.h"
#include "device/KioskConfig.h"
#include "outbox/SqliteOutboxStore.h"

namespace {

using namespace tram;

std::shared_ptr<outbox::Outbox> openOutbox(const device::KioskConfig& config, const base::Clock& clock) {
    const auto store = outbox::SqliteOutboxStore::open(config.dataDir);
    return store ? test::openOutbox(config.dataDir, *store, clock).value_or(nullptr) : nullptr;
}

feedback::KeepJob reportNumber(int number, std::shared_ptr<outbox::Outbox> outbox, const base::Clock& clock) {
    feedback::KeepJob job{std::move(outbox), {}, {}, base::toRfc3339(clock.wall())};
    job.report.fieldId = "chieu-sang";
    job.report.text = base::SecretText("Đèn đường hỏng, cột số " + std::to_string(number));
    job.report.wardCode = "27154";
    job.report.address = base::SecretText("12 Lê Văn Sỹ");
    job.report.disclosure = wire::Disclosure::Anonymous;
    job.report.consentVersion = "1";
    job.report.consentAt = base::toRfc3339(base::coarseToHour(clock.wall()));
    job.report.language = "vi";
    // Every tenth with a picture; what is in it is the gateway's last worry.
    if (number % 10 == 0) job.pictures.emplace_back(crypto::Bytes(20'000, static_cast<std::uint8_t>(number)));
    return job;
}

bool toldToEnd(int pause) {
    pollfd input{0, POLLIN, 0};
    return pause > 0 && poll(&input, 1, pause) != 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const base::SystemClock clock;
    const auto config = device::KioskConfig::load(argv[1]);
    const auto outbox = config ? openOutbox(*config, clock) : nullptr;
    if (!outbox) return 1;
    for (int number = 1; number <= std::stoi(argv[2]); ++number) {
        auto job = reportNumber(number, outbox, clock);
        const auto kept = feedback::keepReport(job);
        if (!kept) return 1;
        std::cout << "kept " << kept->kept.id.text() << std::endl;
        if (toldToEnd(std::stoi(argv[3]))) return 0;
    }
}

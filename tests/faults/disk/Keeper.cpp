// A kiosk's writing half, as a process of its own: keeps reports and tells each id once it is kept.
// Usage: disk_keeper DATA-DIR COUNT
#include <cstdio>
#include <cstdlib>

#include "device/Enrolment.h"
#include "outbox/Outbox.h"
#include "outbox/SqliteOutboxStore.h"

namespace {

using namespace tram;

int failed(const base::Problem& problem) {
    std::printf("failed %s %s\n", std::string(name(problem.kind)).c_str(),
                std::string(problem.fact("detail")).c_str());
    return 3;
}

base::Result<base::Uuid> keep(outbox::Outbox& outbox, const base::Clock& clock, int number) {
    outbox::NewAction action;
    action.kind = "feedback.report";
    action.createdAt = base::toRfc3339(clock.wall());
    action.fieldsJson = base::SecretText(std::string(R"({"text":"bad days"})"));
    auto code = outbox.freshCode();
    if (!code) return tl::unexpected(code.error());
    action.trackingCode = code->symbols();
    const base::SecretBytes picture(crypto::Bytes(2000, 1));
    if (number % 5 == 0) action.attachments.push_back({"image/jpeg", &picture});
    return outbox.keep(action).map([](const auto& kept) { return kept.id; });
}

int run(const std::filesystem::path& dataDir, int count) {
    const base::SystemClock clock;
    auto enrolment = device::Enrolment::load(dataDir);
    if (!enrolment) return failed(enrolment.error());
    auto sealing = enrolment->sealingKey(clock.wall());
    if (!sealing) return failed(sealing.error());
    auto store = outbox::SqliteOutboxStore::open(dataDir);
    if (!store) return failed(store.error());
    auto codeHashKey = enrolment->codeHashKey();
    outbox::Outbox outbox(*store,
                          {enrolment->answer.kioskId, enrolment->answer.prefix, std::move(enrolment->key),
                           std::move(*sealing), std::move(codeHashKey)},
                          clock);
    for (int i = 0; i < count; ++i) {
        const auto id = keep(outbox, clock, i);
        if (!id) return failed(id.error());
        std::printf("%s\n", id->text().c_str());
        std::fflush(stdout);
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return argc == 3 ? run(argv[1], std::atoi(argv[2])) : 2;
}

#include <iostream>

#include "gateway/commands/Commands.h"
#include "gateway/inbox/Quarantine.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;

constexpr std::size_t kMostListed = 10'000;

struct QuarantineOptions {
    Place place;
    std::string id, reason;
    bool setAside = false, all = false;
};

int list(const QuarantineOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto envelopes = Quarantine(*storage).list(options.setAside, kMostListed);
    if (!envelopes) return failed(envelopes.error());
    for (const auto& envelope : *envelopes)
        std::cout << base::toRfc3339(envelope.receivedAt) << '\t' << envelope.id << '\t' << envelope.kiosk
                  << '\t' << envelope.reason << (envelope.setAside ? '\t' + envelope.note : "") << '\n';
    return 0;
}

/// `work` gets the quarantine and the id that was named; it gives a Result.
template <class Work>
int withOne(const QuarantineOptions& options, Work work) {
    const auto id = base::Uuid::parse(options.id);
    if (!id) return failed({ProblemKind::OutOfRange, {{"key", "id"}, {"expected", "a UUID"}}});
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    Quarantine quarantine(*storage);
    const auto done = work(quarantine, *id);
    return done ? 0 : failed(done.error());
}

base::Result<void> showOne(Quarantine& quarantine, const base::Uuid& id) {
    const auto found = quarantine.find(id);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return base::fail(ProblemKind::NotFound);
    const auto& envelope = **found;
    std::cout << "id\t" << envelope.id << "\nkiosk\t" << envelope.kiosk << "\nreceived\t"
              << base::toRfc3339(envelope.receivedAt) << "\nstate\t"
              << (envelope.setAside ? "set_aside" : "quarantined") << "\nreason\t" << envelope.reason
              << "\nnote\t" << envelope.note << "\nbytes\t" << envelope.bytes << "\nattachments\t"
              << envelope.attachments << "\nsealing_key\t" << envelope.sealingKey << '\n';
    return {};
}

int retryAll(const QuarantineOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto again = Quarantine(*storage).retryAll(options.reason);
    if (!again) return failed(again.error());
    std::cout << *again << '\n';
    return 0;
}

int retry(const QuarantineOptions& options, Act& act) {
    if (options.all) return retryAll(options);
    act.ofAction(options.id);
    return withOne(options, [](auto& quarantine, const auto& id) { return quarantine.retry(id); });
}

void addRetry(Commands& commands, CLI::App& group) {
    auto options = std::make_shared<QuarantineOptions>();
    auto& command = commands.addAct(group, "retry", "after keys or the connector were mended: open it again",
                                    options->place, Deed::QuarantineRetry,
                                    [options](Act& act) { return retry(*options, act); });
    auto* id = command.add_option("id", options->id, "one of the list");
    auto* all = command.add_flag("--all", options->all, "all that are not set aside")->excludes(id);
    command.add_option("--reason", options->reason, "only those with this machine word")->needs(all);
}

void addSetAside(Commands& commands, CLI::App& group) {
    auto options = std::make_shared<QuarantineOptions>();
    auto& command = commands.addAct(group, "set-aside", "people have decided that nothing comes of it",
                                    options->place, Deed::QuarantineSetAside, [options](Act& act) {
                                        act.ofAction(options->id);
                                        return withOne(*options, [&](auto& quarantine, const auto& id) {
                                            return quarantine.setAside(id, options->reason);
                                        });
                                    });
    command.add_option("id", options->id, "one of the list")->required();
    command.add_option("--reason", options->reason, "why, without anybody's name")->required();
}

}  // namespace

void addQuarantine(Commands& commands) {
    auto& group = commands.group("quarantine", "accepted actions that need a person");
    auto options = std::make_shared<QuarantineOptions>();
    auto& listing = commands.add(group, "list", "time, id, kiosk, reason; never content",
                                 [options] { return list(*options); });
    options->place.addTo(listing);
    listing.add_flag("--set-aside", options->setAside, "those that were set aside");
    auto shown = std::make_shared<QuarantineOptions>();
    auto& showing = commands.add(group, "show", "what of one can be seen from outside",
                                 [shown] { return withOne(*shown, showOne); });
    shown->place.addTo(showing);
    showing.add_option("id", shown->id, "one of the list")->required();
    addRetry(commands, group);
    addSetAside(commands, group);
}

}  // namespace tram::gateway

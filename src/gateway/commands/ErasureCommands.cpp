#include <iostream>

#include "gateway/commands/Commands.h"
#include "gateway/inbox/Erasure.h"
#include "gateway/inbox/RetentionClock.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;

struct ErasureOptions {
    Place place;
    std::string code, id;
    bool clockIsRight = false;
};

Result<Erasure::Forgotten> forgetWhat(const ErasureOptions& options, Erasure& erasure) {
    if (!options.id.empty()) {
        const auto id = base::Uuid::parse(options.id);
        if (!id) return base::fail(ProblemKind::OutOfRange, {{"key", "id"}, {"expected", "a UUID"}});
        return erasure.forget(*id);
    }
    const auto code = base::TrackingCode::parse(options.code);
    if (!code) return base::fail(ProblemKind::OutOfRange, {{"key", "code"}, {"expected", "a tracking code"}});
    return erasure.forget(*code);
}

int forget(const ErasureOptions& options, Act& act) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    Attachments attachments(*storage, {});
    Erasure erasure(*storage, attachments);
    if (!options.id.empty()) act.ofAction(options.id);
    const auto forgotten = forgetWhat(options, erasure);
    if (forgotten) act.ofAction(forgotten->id);
    // Not found: forgotten before, perhaps by a run that was cut off before it had scrubbed.
    const bool known = forgotten || forgotten.error().kind == ProblemKind::NotFound;
    if (!known) return failed(forgotten.error());
    if (auto scrubbed = erasure.scrub(); !scrubbed) return failed(scrubbed.error());
    if (!forgotten) return failed(forgotten.error());
    std::cout << forgotten->id << '\t'
              << (forgotten->externalNumber.empty() ? "never delivered" : forgotten->externalNumber) << '\n';
    return 0;
}

/// Only with the flag is it an act.
Result<void> confirm(Storage& storage, RetentionClock& guard, const base::Clock& clock) {
    auto act = Act::begin(*storage.city, Deed::RetentionClockIsRight, clock.wall());
    if (!act) return tl::unexpected(act.error());
    auto confirmed = guard.confirm();
    act->end(confirmed.has_value());
    return confirmed;
}

/// 1 while it is held, for whoever asks by script.
int retention(const ErasureOptions& options, const base::Clock& clock) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    RetentionClock guard(*storage->city, clock);
    if (options.clockIsRight)
        if (auto confirmed = confirm(*storage, guard, clock); !confirmed) return failed(confirmed.error());
    const auto held = guard.held();
    if (!held) return failed(held.error());
    std::cout << (*held ? "held\tclock=" : "runs\tclock=") << base::toRfc3339(clock.wall()) << '\n';
    return *held ? 1 : 0;
}

void addRetention(Commands& commands) {
    auto options = std::make_shared<ErasureOptions>();
    auto& command = commands.add("retention", "whether it runs, or is held because the clock has leapt",
                                 [&commands, options] { return retention(*options, commands.clock()); });
    options->place.addTo(command);
    command.add_flag("--clock-is-right", options->clockIsRight, "somebody has looked: let it run");
}

}  // namespace

void addErasure(Commands& commands) {
    auto options = std::make_shared<ErasureOptions>();
    auto& command =
        commands.addAct(commands.top(), "forget", "delete a report for good: only a hash of its id stays",
                        options->place, Deed::Forget, [options](Act& act) { return forget(*options, act); });
    auto& what = *command.add_option_group("what");
    what.add_option("--code", options->code, "its tracking code");
    what.add_option("--id", options->id, "its id, for what stands in quarantine");
    what.require_option(1);
    addRetention(commands);
}

}  // namespace tram::gateway

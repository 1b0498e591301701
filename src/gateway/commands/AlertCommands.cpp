#include <unistd.h>

#include <charconv>
#include <climits>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

#include "base/Files.h"
#include "base/VietnameseText.h"
#include "gateway/alerts/AlertDesk.h"
#include "gateway/commands/AlertText.h"
#include "gateway/commands/Commands.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using base::WallTime;

using AlertDecision = Result<void> (AlertStore::*)(const std::string&, const std::string&, WallTime);

struct AlertOptions {
    Place place;
    std::string id, by, file, key;
};

/// Two that claim the same sender, identifier and time: a person is to know.
void tellRivals(const std::vector<AlertStore::Message>& all) {
    std::map<cap::Reference, std::string> first;
    for (const auto& message : all) {
        const auto [other, only] = first.try_emplace(message.alert->id, message.id);
        if (!only) std::cout << "same name\t" << message.id << '\t' << other->second << '\n';
    }
}

int listAlerts(const AlertOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    AlertStore store(*storage->city);
    const auto all = store.list();
    if (!all) return failed(all.error());
    const auto refused = store.refused();
    if (!refused) return failed(refused.error());
    for (const auto& message : *all) printLine(std::cout, message);
    tellRivals(*all);
    for (const auto& one : *refused)
        std::cout << "refused\t" << base::toRfc3339(one.at) << '\t' << base::clean(one.source) << '\t'
                  << one.rule << '\t' << base::clean(one.where) << '\n';
    return 0;
}

int show(const AlertOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto message = AlertStore(*storage->city).message(options.id);
    if (!message) return failed(message.error());
    printWhole(std::cout, *message);
    return 0;
}

std::string personFrom(const std::string& typed) {
    return base::firstCharacters(base::clean(typed), 60);
}

/// Those whose hands these may be. Most run this as the gateway's account (runuser, sudo): the login's own
/// user stays known to the kernel where PAM has told it (pam_loginuid; loginuid(5) of audit), and no program
/// without CAP_AUDIT_CONTROL can change it. SUDO_UID can be left out by who wants to: it is for oversights.
std::set<unsigned> usersHere() {
    std::set<unsigned> users{getuid()};
    const auto add = [&](std::string_view text) {
        unsigned user = 0;
        const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), user);
        if (wrong == std::errc() && end != text.data() && user != UINT_MAX) users.insert(user);
    };
    if (const auto login = base::readFile("/proc/self/loginuid", 32)) add(*login);
    if (const char* sudo = std::getenv("SUDO_UID")) add(sudo);
    return users;
}

bool isOwn(const AlertStore::Message& message, AlertDecision decision) {
    return decision == &AlertStore::approve && AlertStore::isGiver(message, usersHere());
}

int decide(const AlertOptions& options, WallTime now, Act& act, AlertDecision decision) {
    act.ofAlert(options.id);
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto by = personFrom(options.by);
    if (base::fold(by).empty())
        return failed({ProblemKind::OutOfRange, {{"key", "by"}, {"expected", "a name"}}});
    AlertStore store(*storage->city);
    const auto message = store.message(options.id);
    if (message && message->state == AlertState::Waiting) printWhole(std::cout, *message);
    if (message && isOwn(*message, decision))
        return failed({ProblemKind::Conflict,
                       {{"detail", "same_person"}, {"expected", "somebody else than whose file it is"}}});
    if (auto done = (store.*decision)(options.id, by, now); !done) return failed(done.error());
    return 0;
}

int send(const AlertOptions& options, WallTime now, Act& act) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto by = personFrom(options.by);
    if (base::fold(by).empty())
        return failed({ProblemKind::OutOfRange, {{"key", "by"}, {"expected", "a name"}}});
    auto document = base::readFile(options.file, cap::Alert::kMaxBytes);
    if (!document) return failed(document.error());
    const auto taken = AlertStore(*storage->city).take({std::move(*document), "operator", by, false}, now);
    if (!taken) return failed(taken.error());
    act.ofAlert(taken->id);
    std::cout << taken->id << '\t' << name(taken->state) << (taken->isNew ? "" : "\talready known")
              << std::endl;
    if (taken->state == AlertState::Waiting)
        std::cerr << "somebody else must look at it: tram-gateway alerts show " << taken->id
                  << ", then approve " << taken->id << " --by NAME\n";
    return 0;
}

int key(const AlertOptions& options, Act&) {
    closeMemoryToOthers();
    const auto dir = options.place.dataDir();
    if (!dir) return failed(dir.error());
    const auto key = RoleKeyFile(*dir, AlertDesk::kKey).provide(options.key);
    if (!key) return failed(key.error());
    std::cout << key->text() << '\n';
    return 0;
}

}  // namespace

void addAlerts(Commands& commands) {
    auto options = std::make_shared<AlertOptions>();
    auto& group = commands.group("alerts", "emergency alerts: what came, and what waits for a second person");
    options->place.addTo(commands.add(group, "list",
                                      "all of them, newest first, and what was refused and why",
                                      [options] { return listAlerts(*options); }));
    auto& showing = commands.add(group, "show", "all that one says, for who is to decide about it",
                                 [options] { return show(*options); });
    options->place.addTo(showing);
    showing.add_option("id", options->id, "as list prints it")->required();
    const auto addDecision = [&](const char* name, const char* help, Deed deed, auto decision) {
        auto& command = commands.addAct(group, name, help, options->place, deed,
                                        [&commands, options, decision](Act& act) {
                                            return decide(*options, commands.clock().wall(), act, decision);
                                        });
        command.add_option("id", options->id, "as list prints it")->required();
        command.add_option("--by", options->by, "who decides")->required();
    };
    addDecision("approve", "it goes to all kiosks", Deed::AlertApprove, &AlertStore::approve);
    addDecision("reject", "it does not", Deed::AlertReject, &AlertStore::reject);
    addDecision("retract", "it goes from all kiosks, whatever its sender says", Deed::AlertRetract,
                &AlertStore::retract);
    auto& sending = commands.addAct(
        group, "send", "take in a CAP file by hand", options->place, Deed::AlertSend,
        [&commands, options](Act& act) { return send(*options, commands.clock().wall(), act); });
    sending.add_option("file", options->file, "the CAP file")->required();
    sending.add_option("--by", options->by, "who sends it")->required();
    auto& keying =
        commands.addAct(group, "key", "the public key that alerts are signed with, made if there is none",
                        options->place, Deed::AlertKey, [options](Act& act) { return key(*options, act); });
    keying.add_option("--from", options->key, "a key file made elsewhere (tram pack key)");
}

}  // namespace tram::gateway

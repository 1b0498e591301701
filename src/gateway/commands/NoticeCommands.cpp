#include <iostream>

#include "base/VietnameseText.h"
#include "gateway/commands/Commands.h"
#include "gateway/demo/DemoNotifier.h"
#include "gateway/identity/GatewayKeys.h"
#include "gateway/identity/Subjects.h"
#include "gateway/inbox/Erasure.h"
#include "gateway/notice/DossierWatch.h"
#include "wire/Phone.h"

namespace tram::gateway {
namespace {

/// What the pretend sender of a demo would have sent. In service there is no such list: messages hold a
/// phone.
int listNotices(const Place& place, const base::Clock& clock) {
    const auto dir = place.dataDir();
    if (!dir) return failed(dir.error());
    const auto file = *dir / DemoNotifier::kFile;
    if (!std::filesystem::exists(file))
        return failed({base::ProblemKind::FileMissing, {{"path", DemoNotifier::kFile}}});
    const auto demo = DemoNotifier::open(file, clock);
    if (!demo) return failed(demo.error());
    const auto sent = (*demo)->sent();
    if (!sent) return failed(sent.error());
    for (const auto& one : *sent)
        std::cout << one.at << '\t' << one.channel << '\t' << one.to << '\t' << one.templateId << '\t'
                  << one.text << '\n';
    return 0;
}

/// Every watch of one phone or address. It is read from standard input: a command line is seen by others, and
/// stays in a shell's history.
int forgetAddress(const Place& place, Act&) {
    const auto dir = place.dataDir();
    if (!dir) return failed(dir.error());
    std::string line;
    std::getline(std::cin, line);
    base::SecretText typed(base::clean(line));
    base::wipe(line.data(), line.size());
    const base::SecretText address(wire::plausibleEmail(typed.reveal()) ? typed.reveal()
                                                                        : wire::phoneDigits(typed.reveal()));
    if (!wire::plausibleEmail(address.reveal()) && !wire::plausiblePhone(address.reveal()))
        return failed({base::ProblemKind::OutOfRange,
                       {{"key", "stdin"}, {"expected", "a phone number or an e-mail address"}}});
    const auto identity = GatewayKeys::loadIdentity(*dir / "keys");
    if (!identity) return failed(identity.error());
    auto storage = place.storage();
    if (!storage) return failed(storage.error());
    const auto gone =
        forgetWatches(*storage->reports,
                      Subjects(*identity).forWatch(base::SecretText(wire::addressKey(address.reveal()))));
    if (!gone) return failed(gone.error());
    Attachments attachments(*storage, {});
    if (auto scrubbed = Erasure(*storage, attachments).scrub(); !scrubbed) return failed(scrubbed.error());
    std::cout << *gone << '\n';
    return 0;
}

}  // namespace

void addNotices(Commands& commands) {
    auto& group = commands.group("notices", "messages about dossiers");
    auto place = std::make_shared<Place>();
    auto& list = commands.add(group, "list", "in a demo: what would have been sent",
                              [place, &commands] { return listNotices(*place, commands.clock()); });
    place->addTo(list);
    auto where = std::make_shared<Place>();
    commands.addAct(group, "forget", "end the messages to one phone or address, read from standard input",
                    *where, Deed::Forget, [where](Act& act) { return forgetAddress(*where, act); });
}

}  // namespace tram::gateway

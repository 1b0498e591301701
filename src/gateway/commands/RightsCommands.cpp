#include <iostream>
#include <iterator>

#include "base/Files.h"
#include "base/TrackingCode.h"
#include "base/VietnameseText.h"
#include "gateway/account/ResidentStore.h"
#include "gateway/account/RightsStore.h"
#include "gateway/commands/Commands.h"
#include "gateway/dossier/HolidayFile.h"
#include "gateway/inbox/Erasure.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;

constexpr std::size_t kMostRequests = 10'000, kMostAnswer = 16 * 1024;

struct RightsOptions {
    Place place;
    std::string code, words;
    bool all = false, done = false, refuse = false, erase = false;
};

Result<std::unique_ptr<HolidayFile>> holidaysOf(const RightsOptions& options) {
    const auto config = options.place.read();
    if (!config) return tl::unexpected(config.error());
    const auto& own = config->dossiers.holidays;
    return HolidayFile::open(own.empty() ? config->shareDir / "content" / "holidays.csv" : own);
}

Result<std::string> codeOf(const RightsOptions& options) {
    const auto code = base::TrackingCode::parse(options.code);
    if (!code) return base::fail(ProblemKind::OutOfRange, {{"key", "code"}, {"expected", "a tracking code"}});
    return code->symbols();
}

int listRights(const RightsOptions& options) {
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    const auto holidays = holidaysOf(options);
    if (!holidays) return failed(holidays.error());
    RightsStore rights(*storage->reports);
    const auto requests = rights.list(options.all, kMostRequests);
    if (!requests) return failed(requests.error());
    for (const auto& request : *requests) {
        const auto concerned = rights.concerned(request);
        if (!concerned) return failed(concerned.error());
        std::cout << request.code << '\t' << wire::name(request.right) << '\t' << request.about << '\t'
                  << base::toRfc3339(request.receivedAt)
                  << "\tdue=" << calendar::toText(rightsDue(request.receivedAt, *(*holidays)->days())) << '\t'
                  << request.state << "\treports=" << concerned->size() << '\n';
    }
    return 0;
}

/// The one of a code; what is done is written down as about it.
Result<RightsStore::Request> requestOf(RightsStore& rights, const std::string& code, Act& act) {
    auto request = rights.find(code);
    if (!request) return tl::unexpected(request.error());
    if (!*request) return base::fail(ProblemKind::NotFound);
    act.ofAction((*request)->id);
    return std::move(**request);
}

int showRight(const RightsOptions& options, Act& act) {
    const auto code = codeOf(options);
    if (!code) return failed(code.error());
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    RightsStore rights(*storage->reports);
    const auto request = requestOf(rights, *code, act);
    if (!request) return failed(request.error());
    const auto concerned = rights.concerned(*request);
    if (!concerned) return failed(concerned.error());
    std::cout << "code\t" << request->code << "\nright\t" << wire::name(request->right) << "\nabout\t"
              << request->about << "\nreceived\t" << base::toRfc3339(request->receivedAt) << "\nstate\t"
              << request->state << "\nlanguage\t" << request->language << '\n';
    for (const auto& report : *concerned)
        std::cout << (report.isAppointment ? "appointment\t" : "report\t") << report.code << '\t'
                  << (report.externalNumber.empty() ? "never delivered" : report.externalNumber) << '\n';
    if (!request->words.empty()) std::cout << '\n' << base::clean(request->words.reveal(), true) << '\n';
    return 0;
}

/// Never from the command line, which other programs can read.
Result<base::SecretText> answerWords(const std::string& from) {
    if (from.empty()) return base::SecretText();
    std::string text;
    if (from == "-") {
        text.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        auto read = base::readFile(from, kMostAnswer);
        if (!read) return tl::unexpected(read.error());
        text = std::move(*read);
    }
    if (text.size() > kMostAnswer || !base::isUtf8(text))
        return base::fail(ProblemKind::OutOfRange, {{"key", "words"}, {"expected", "up to 16 KiB of UTF-8"}});
    auto clean = base::clean(text, true);
    base::wipe(text.data(), text.size());
    return base::SecretText(std::move(clean));
}

/// First what is asked for, then the word that it is done: cut off in between, it is done again.
Result<void> erase(Storage& storage, RightsStore& rights, const RightsStore::Request& request) {
    Attachments attachments(storage, {});
    Erasure erasure(storage, attachments);
    const auto concerned = rights.concerned(request);
    if (!concerned) return tl::unexpected(concerned.error());
    for (const auto& report : *concerned) {
        const auto forgotten = erasure.forget(*base::TrackingCode::parse(report.code));
        if (!forgotten && forgotten.error().kind != ProblemKind::NotFound)
            return tl::unexpected(forgotten.error());
        std::cout << report.code << '\t'
                  << (report.externalNumber.empty() ? "never delivered" : report.externalNumber) << '\n';
    }
    if (request.aboutAll())
        if (auto gone = ResidentStore(*storage.reports).forget(request.subject); !gone) return gone;
    return erasure.scrub();
}

int answerRight(const RightsOptions& options, const base::Clock& clock, Act& act) {
    const auto code = codeOf(options);
    if (!code) return failed(code.error());
    const auto words = answerWords(options.words);
    if (!words) return failed(words.error());
    if (options.refuse && words->empty())  // a refusal gives its reason
        return failed({ProblemKind::OutOfRange, {{"key", "words"}, {"expected", "the reason"}}});
    auto storage = options.place.storage();
    if (!storage) return failed(storage.error());
    RightsStore rights(*storage->reports);
    const auto request = requestOf(rights, *code, act);
    if (!request) return failed(request.error());
    if (request->state != "received") return failed({ProblemKind::Conflict, {}});
    const auto right = request->right;
    if (options.erase && right != wire::Right::Withdraw && right != wire::Right::Delete)
        return failed({ProblemKind::OutOfRange, {{"key", "delete"}, {"expected", "withdraw or delete"}}});
    // Not said to be done while it stands.
    if (right == wire::Right::Delete && options.done && !options.erase)
        return failed({ProblemKind::OutOfRange, {{"key", "delete"}, {"expected", "--delete with --done"}}});
    if (options.erase)
        if (auto erased = erase(*storage, rights, *request); !erased) return failed(erased.error());
    const auto answered = rights.answer(*code, options.refuse, *words, clock.wall());
    return answered ? 0 : failed(answered.error());
}

void addAnswer(Commands& commands, CLI::App& group) {
    auto options = std::make_shared<RightsOptions>();
    auto& command = commands.addAct(
        group, "answer", "what became of one; whoever has its receipt reads the words", options->place,
        Deed::RightsAnswer,
        [options, &commands](Act& act) { return answerRight(*options, commands.clock(), act); });
    command.add_option("code", options->code, "one of the list")->required();
    auto* how = command.add_option_group("how");
    auto* done = how->add_flag("--done", options->done, "it was done");
    how->add_flag("--refuse", options->refuse, "it cannot be; --words says why, and its reports go on");
    how->require_option(1);
    command.add_flag("--delete", options->erase, "delete the reports it is about, for good, and say which")
        ->needs(done);
    command.add_option("--words", options->words, "a file, or - for standard input");
}

}  // namespace

void addRights(Commands& commands) {
    auto& group = commands.group("rights", "residents who see, withdraw, correct or delete their own");
    auto options = std::make_shared<RightsOptions>();
    auto& listing = commands.add(group, "list", "code, right, about, since, last day, state, reports",
                                 [options] { return listRights(*options); });
    options->place.addTo(listing);
    listing.add_flag("--all", options->all, "those that were answered, too");
    auto shown = std::make_shared<RightsOptions>();
    auto& showing = commands.addAct(group, "show", "one of them, in the resident's own words", shown->place,
                                    Deed::RightsShow, [shown](Act& act) { return showRight(*shown, act); });
    showing.add_option("code", shown->code, "one of the list")->required();
    addAnswer(commands, group);
}

}  // namespace tram::gateway

#include <iostream>

#include "base/Files.h"
#include "base/VietnameseText.h"
#include "gateway/commands/Commands.h"
#include "gateway/commands/StaffPapers.h"
#include "gateway/fleet/StaffPublisher.h"
#include "gateway/identity/GatewayKeys.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using base::WallTime;

constexpr std::size_t kMostLine = 2048;

struct StaffOptions {
    Place place;
    std::string ward, out, file, id, key;
};

/// A registry beside a gateway that may be serving it.
struct Office {
    Storage storage;
    StaffRegistry staff;
    static Result<std::unique_ptr<Office>> open(const Place& place) {
        auto storage = place.storage();
        if (!storage) return tl::unexpected(storage.error());
        const auto identity = GatewayKeys::loadIdentity(storage->dir / "keys");
        if (!identity) return tl::unexpected(identity.error());
        auto& reports = *storage->reports;
        return std::unique_ptr<Office>(new Office{std::move(*storage), StaffRegistry(reports, *identity)});
    }
};

/// "name TAB unit TAB role", as a spreadsheet copies its cells.
Result<StaffRegistry::Newcomer> newcomerFrom(const std::string& line, int number) {
    const auto first = line.find('\t'), second = line.find('\t', first == line.npos ? first : first + 1);
    const auto role = second == line.npos ? std::nullopt : wire::staffRoleFrom(line.substr(second + 1));
    if (!role)
        return base::fail(ProblemKind::Malformed, {{"line", std::to_string(number)},
                                                   {"expected", "name, unit, role, divided by tabs"}});
    return StaffRegistry::Newcomer{line.substr(0, first), line.substr(first + 1, second - first - 1), *role};
}

Result<std::vector<StaffRegistry::Newcomer>> readNewcomers(std::istream& in) {
    std::vector<StaffRegistry::Newcomer> all;
    int number = 0;
    for (std::string line; ++number, std::getline(in, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (line.empty()) continue;
        if (line.size() > kMostLine || all.size() == wire::StaffList::kMostMembers)
            return base::fail(ProblemKind::TooLarge, {{"line", std::to_string(number)}});
        auto newcomer = newcomerFrom(line, number);
        if (!newcomer) return tl::unexpected(newcomer.error());
        all.push_back(std::move(*newcomer));
    }
    return all;
}

Result<std::vector<StaffRegistry::Newcomer>> newcomersOf(const std::string& file) {
    if (file == "-") return readNewcomers(std::cin);
    auto text = base::readFile(file, 4u << 20);
    if (!text) return tl::unexpected(text.error());
    std::istringstream in(std::move(*text));
    return readNewcomers(in);
}

int handOut(const StaffRegistry::Issued& issued, const std::string& out) {
    const auto* words = commandWords();
    if (!words) return failed({ProblemKind::FileMissing, {{"path", "locale"}}});
    const auto papers = StaffPapers::of(issued, *words);
    if (!papers) return failed(papers.error());
    if (auto written = papers->write(out, issued.member.id); !written) return failed(written.error());
    std::cout << issued.member.id << '\t' << issued.code << '\n';
    return 0;
}

/// All lines are read before the first is taken in: half a file is nobody's wish.
int addStaff(const StaffOptions& options, WallTime now, Act&) {
    const auto newcomers = newcomersOf(options.file);
    if (!newcomers) return failed(newcomers.error());
    auto office = Office::open(options.place);
    if (!office) return failed(office.error());
    for (const auto& newcomer : *newcomers) {
        const auto issued = (*office)->staff.add(options.ward, newcomer, now);
        if (!issued) return failed(issued.error());
        if (const int code = handOut(*issued, options.out); code != 0) return code;
    }
    return 0;
}

int newBadge(const StaffOptions& options, Act&) {
    auto office = Office::open(options.place);
    if (!office) return failed(office.error());
    const auto issued = (*office)->staff.renew(options.id);
    return issued ? handOut(*issued, options.out) : failed(issued.error());
}

int revoke(const StaffOptions& options, WallTime now, Act&) {
    auto office = Office::open(options.place);
    if (!office) return failed(office.error());
    const auto done = (*office)->staff.revoke(options.id, now);
    return done ? 0 : failed(done.error());
}

int unlock(const StaffOptions& options, Act&) {
    auto office = Office::open(options.place);
    if (!office) return failed(office.error());
    const auto done = (*office)->staff.unlock(options.id);
    return done ? 0 : failed(done.error());
}

int listStaff(const StaffOptions& options) {
    auto office = Office::open(options.place);
    if (!office) return failed(office.error());
    const auto rows = (*office)->staff.list(options.ward);
    if (!rows) return failed(rows.error());
    for (const auto& row : *rows)
        std::cout << row.id << '\t' << row.ward << '\t' << row.code << '\t' << name(row.role) << '\t'
                  << row.name << '\t' << row.unit << '\t'
                  << (row.revokedAt ? "revoked " + base::toRfc3339(*row.revokedAt)
                      : row.locked  ? "locked"
                                    : "in service")
                  << '\n';
    return 0;
}

int staffKey(const StaffOptions& options, Act&) {
    closeMemoryToOthers();
    const auto dir = options.place.dataDir();
    if (!dir) return failed(dir.error());
    const auto key = RoleKeyFile(*dir, StaffPublisher::kKey).provide(options.key);
    if (!key) return failed(key.error());
    std::cout << key->text() << '\n';
    return 0;
}

}  // namespace

void addStaff(Commands& commands) {
    auto options = std::make_shared<StaffOptions>();
    auto& group = commands.group("staff", "helpers, officers and supervisors who may sign in at kiosks");
    auto& adding = commands.addAct(group, "add", "take in people of a ward; a badge and a letter for each",
                                   options->place, Deed::StaffAdd, [&commands, options](Act& act) {
                                       return addStaff(*options, commands.clock().wall(), act);
                                   });
    adding.add_option("--ward", options->ward, "code of the ward, e.g. 27154")->required();
    adding.add_option("--out", options->out, "directory for badges (SVG) and letters with code and PIN")
        ->required();
    adding
        .add_option(
            "file", options->file,
            "a line each: name, unit, helper|officer|supervisor, divided by tabs; - for standard input")
        ->required();
    auto& badge =
        commands.addAct(group, "badge", "a new badge and PIN; the old ones are void", options->place,
                        Deed::StaffBadge, [options](Act& act) { return newBadge(*options, act); });
    badge.add_option("id", options->id, "as list prints it")->required();
    badge.add_option("--out", options->out, "directory for badge and letter")->required();
    auto& revoking = commands.addAct(
        group, "revoke", "they may sign in no more", options->place, Deed::StaffRevoke,
        [&commands, options](Act& act) { return revoke(*options, commands.clock().wall(), act); });
    revoking.add_option("id", options->id, "as list prints it")->required();
    auto& unlocking =
        commands.addAct(group, "unlock", "after too many wrong PINs by code", options->place,
                        Deed::StaffUnlock, [options](Act& act) { return unlock(*options, act); });
    unlocking.add_option("id", options->id, "as list prints it")->required();
    auto& listing = commands.add(group, "list", "all of them, by ward and name",
                                 [options] { return listStaff(*options); });
    options->place.addTo(listing);
    listing.add_option("--ward", options->ward, "only of this ward");
    auto& keying = commands.addAct(
        group, "key", "the public key that lists of staff are signed with, made if there is none",
        options->place, Deed::StaffKey, [options](Act& act) { return staffKey(*options, act); });
    keying.add_option("--from", options->key, "a key file made elsewhere (tram pack key)");
}

}  // namespace tram::gateway

// The gateway's stores as damage or a hostile restore leaves them: columns of any content, pages of any
// bytes. Whatever stands there, it serves, sweeps and forgets within its own directory, and comes to an end.
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <fstream>

#include "City.h"
#include "Quiet.h"

using namespace tram;
namespace fs = std::filesystem;

namespace {

constexpr const char* kFiles[] = {"gateway.db", "reports.db"};
constexpr const char* kCode = "K7M3Q9X2TW";
const std::string kSecret = "AAAAAAAAAAAAAAAAAAAAAA", kHash(64, 'a');

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Takes everything and says at once that it is done: what its answers do to a store is not sought here.
class SwiftConnector final : public gateway::FeedbackConnector {
  public:
    base::Result<std::string> submit(const gateway::Submission&) override { return "1022-1"; }
    base::Result<gateway::CaseStanding> standing(const std::string&) override {
        return gateway::CaseStanding{{{wire::FeedbackState::Accepted, fixed::kTime, "x"}}, "", {}, true, {}};
    }
    bool anonymousAllowed() const override { return true; }
    std::string sourceName() const override { return "x"; }
};

std::string envelopeOf(const base::Uuid& id, const crypto::SealingKey& to, const std::string& body) {
    return wire::Envelope::make(id, fixed::kKiosk, body, to, fixed::signing());
}

std::string reportBody(const base::Uuid& id) {
    return R"({"v":1,"id":")" + id.text() + R"(","kind":"feedback.report","kiosk":")" + fixed::kKiosk +
           R"(","created_at":")" + fixed::kTime + R"(","attachments":[],"fields":{"v":1,"tracking_code":")" +
           kCode + R"(","receipt_secret":")" + kSecret +
           R"(","field":"chieu-sang","text":"Đèn đường không sáng","ward":"27154","address":"1","landmark":"",)" +
           R"("disclosure":"named","name":"A","phone":"1022","email":"","consent_version":"1","consent_at":")" +
           fixed::kTime + R"(","language":"vi"}})";
}

gateway::Retention brief() {
    return {std::chrono::days(1), std::chrono::days(1), std::chrono::days(1)};
}

/// A city's directory with one of each kind of row, and next to it a file that is not the city's.
class Books {
  public:
    Books() {
        fs::create_directories(place_);
        outside_ = scratch_.write("outside", "not the city's");
        auto city = open();
        must(city != nullptr, "a city can be made");
        PretendCity::enrol(*city->storage.city);
        const auto kiosk = **city->kiosks.find(fixed::kKiosk);
        const auto to = *crypto::SealingKey::parse(city->keys.sealingKeys(fixed::now()).front().key);
        report_ = envelopeOf(id_, to, reportBody(id_));
        const auto odd = envelopeOf(base::Uuid::v7(fixed::now()), to, "{}");
        must(city->inbox.take(kiosk, {report_, odd}, fixed::now()).has_value(), "it takes reports");
        must(city->reports.mayGoOn(id_).value_or(false), "and opens them");
        must(city->inbox.counts()->quarantined == 1, "or puts them into quarantine");
        fill(*city);
        city.reset();
        for (int at = 0; at < 2; ++at) sound_[at] = read(place_ / kFiles[at]);
    }

    std::unique_ptr<gateway::City> open() {
        auto config = PretendCity::config(place_);
        config.retention = brief();
        auto opened = gateway::City::open(config, clock_);
        return opened ? std::move(*opened) : nullptr;
    }
    void restore(const std::string& city, const std::string& reports) {
        for (const char* file : kFiles)
            for (const char* more : {"-wal", "-shm"}) fs::remove(place_ / (std::string(file) + more));
        scratch_.write("city/gateway.db", city);
        scratch_.write("city/reports.db", reports);
    }
    const std::string& sound(int which) const { return sound_[which]; }
    const fs::path& place() const { return place_; }
    const std::string& report() const { return report_; }
    const base::Uuid& id() const { return id_; }
    void checkOutside() const { must(fs::exists(outside_), "no row reaches out of the directory"); }

  private:
    void fill(gateway::City& city) {
        must(city.kiosks.newCode("27154", "x", fixed::now()).has_value(), "it enrols");
        must(city.fleet.heard(fixed::kKiosk, {"0.1", 1, 2, 3}, fixed::now()).has_value(), "it listens");
        must(city.fleet.called(fixed::kKiosk, "paper", fixed::now()).has_value(), "it is called");
        must(city.attachments.begin(fixed::kKiosk, kHash, 10, 0, fixed::now()).has_value(), "it takes files");
        const auto token = city.storage.city->write([](SQLite::Database& db) -> base::Result<void> {
            db.exec(
                "INSERT INTO tokens VALUES ('x', (SELECT id FROM kiosks), 0);"
                "INSERT INTO assertions VALUES ((SELECT id FROM kiosks), 'x', 0);"
                "INSERT INTO logins VALUES ('x', (SELECT id FROM kiosks), 0, 'begun');"
                "INSERT INTO forgotten VALUES (x'00', x'00', 0)");
            return {};
        });
        must(token.has_value(), "every table has a row");
    }

    Scratch scratch_;
    fs::path place_ = scratch_.path() / "city", outside_;
    StoppedClock clock_;
    base::Uuid id_ = base::Uuid::v7(fixed::now());
    std::string report_, sound_[2];
};

Books& books() {
    static Books made;
    return made;
}

/// All that a request can ask.
void serve(gateway::City& city) {
    const auto now = fixed::now();
    const auto kiosk = city.kiosks.find(fixed::kKiosk);
    if (kiosk && *kiosk) {
        must((*kiosk)->id == fixed::kKiosk, "who is found is who was sought");
        (void)city.inbox.take(**kiosk, {books().report()}, now);
        (void)city.kiosks.formerOf(**kiosk, fixed::kKiosk);
        (void)city.attachments.begin(fixed::kKiosk, kHash, 10, 0, now);
    }
    (void)city.tokens.kioskOf("x", now);
    (void)city.kiosks.list();
    (void)city.kiosks.enrol({"x", fixed::signing().verifyKey().text()}, now);
    for (const auto& beat : city.fleet.kiosks().value_or(std::vector<gateway::FleetKiosk>{}))
        if (beat.lastHeard) (void)base::toRfc3339(*beat.lastHeard);
    for (const auto& call : city.fleet.calls(10).value_or(std::vector<gateway::OfficerCall>{}))
        (void)base::toRfc3339(call.at);
    const auto closed = city.reports.status(kCode, base::SecretText("wrong"), "x", now);
    if (closed && *closed) must(!(*closed)->opened, "a wrong secret opens nothing");
    (void)city.reports.status(kCode, base::SecretText(kSecret), "x", now);
    for (const auto& mine :
         city.reports.ofSubject("x", 10).value_or(std::vector<gateway::ReportStore::Mine>{}))
        (void)base::toRfc3339(mine.changedAt);
    (void)city.loginRecords.begun("y", fixed::kKiosk, now);
    (void)city.loginRecords.ended("y", "approved");
    (void)city.inbox.counts();
    (void)city.reports.counts();
    (void)city.storage.epoch();
    (void)city.storage.backedUp();
}

/// All that happens by itself, or by an operator's command.
void keepHouse(gateway::City& city) {
    SwiftConnector connector;
    gateway::Delivery delivery(
        city.reports, [&](const auto& id, auto& report) { return city.senders.addTo(id, report); }, connector,
        city.clock);
    (void)delivery.step();
    if (const auto oldest = city.quarantine.oldest(); oldest && *oldest) (void)(fixed::now() - **oldest);
    for (bool setAside : {false, true}) (void)city.quarantine.list(setAside, 10);
    (void)city.quarantine.find(books().id());
    (void)city.quarantine.setAside(books().id(), "x");
    (void)city.quarantine.retryAll("");
    city.tidy();
    (void)city.erasure.sweep(brief(), fixed::now() + std::chrono::days(100));
    (void)city.loginRecords.sweep(std::chrono::hours(1), fixed::now());
    (void)city.erasure.forget(*base::TrackingCode::parse(kCode));
    (void)city.kiosks.markStolen(fixed::kKiosk, fixed::now(), fixed::now());
}

void use() {
    if (const auto city = books().open()) {
        serve(*city);
        keepHouse(*city);
    }
    books().checkOutside();
}

struct Column {
    std::string schema, table, name;
};

/// Both files' columns; a table may be in either with the same name.
struct Columns {
    std::vector<Column> all;
    explicit Columns(SQLite::Database& db) {
        for (const char* schema : {"main", "reports"}) {
            SQLite::Statement rows(db, std::string("SELECT t.name, c.name FROM ") + schema +
                                           ".sqlite_schema t, pragma_table_info(t.name, '" + schema +
                                           "') c WHERE t.type = 'table' ORDER BY 1, 2");
            while (rows.executeStep())
                all.push_back({schema, rows.getColumn(0).getString(), rows.getColumn(1).getString()});
        }
    }
    /// By table.column or schema.table.column; what is no name stands for any of them.
    const Column& called(const std::string& name) const {
        const auto found = std::ranges::find_if(all, [&](const Column& one) {
            const auto known = one.table + "." + one.name;
            return known == name || one.schema + "." + known == name;
        });
        return found != all.end() ? *found : all[std::hash<std::string>()(name) % all.size()];
    }
};

/// One value as its first byte says: nothing, a number, a text, bytes.
void bind(SQLite::Statement& statement, Input& input) {
    const auto kind = input.choose(4);
    if (kind == 1) return statement.bind(1, static_cast<std::int64_t>(input.number(8)));
    const std::string bytes(input.line());
    if (kind == 2) statement.bind(1, bytes);
    if (kind == 3) statement.bind(1, bytes.data(), static_cast<int>(bytes.size()));
}

/// A column's name in a line, and its new value in all rows. The rules that keep rows in shape do not bind
/// whoever writes the file.
void hostileRows(Input& input) {
    books().restore(books().sound(0), books().sound(1));
    SQLite::Database db((books().place() / kFiles[0]).string(), SQLite::OPEN_READWRITE);
    db.exec("ATTACH '" + (books().place() / kFiles[1]).string() + "' AS reports");
    static const Columns columns(db);
    db.exec("PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF");
    while (!input.empty()) {
        const auto& [schema, table, column] = columns.called(std::string(input.line()));
        SQLite::Statement statement(db,
                                    "UPDATE OR IGNORE " + schema + "." + table + " SET " + column + " = ?");
        bind(statement, input);
        (void)statement.tryExecuteStep();
    }
}

void hostilePages(Input& input) {
    const int which = static_cast<int>(input.choose(2));
    const auto bytes = damaged(books().sound(which), input);
    books().restore(which == 0 ? bytes : books().sound(0), which == 1 ? bytes : books().sound(1));
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    silenceLog();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    if (input.choose(3) == 0)
        hostilePages(input);
    else
        hostileRows(input);
    use();
    return 0;
}

#include "GatewayBooks.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include "base/Clock.h"
#include "base/Files.h"
#include "crypto/Stream.h"
#include "gateway/identity/GatewayKeys.h"
#include "wire/Action.h"
#include "wire/Envelope.h"
#include "wire/FeedbackReport.h"

namespace tram::test {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyMillis = 10000;
constexpr std::size_t kMostBytes = 64u << 20;
constexpr const char *kCity = "gateway.db", *kReports = "reports.db", *kCases = "demo-1022.db";

SQLite::Database openFile(const fs::path& file, int flags = SQLite::OPEN_READONLY) {
    return {file.string(), flags, kBusyMillis};
}

std::optional<std::string> pictureOf(const fs::path& file, const wire::AttachmentRef& ref,
                                     const std::string& id) {
    const auto cipher = base::readFile(file, kMostBytes);
    if (!cipher || cipher->size() != ref.size || crypto::sha256Hex(crypto::view(*cipher)) != ref.sha256)
        return {};
    const auto plain = crypto::decryptStream(crypto::view(*cipher), ref.key, crypto::view(id), kMostBytes);
    if (!plain) return {};
    return std::string(plain->reveal().begin(), plain->reveal().end());
}

void open(Arrival& arrival, const std::string& bytes, const gateway::GatewayKeys& keys,
          const fs::path& dataDir) {
    const auto envelope = wire::Envelope::parse(bytes);
    const auto* key = envelope ? keys.opening(envelope->sealingKeyId) : nullptr;
    if (!key) return;
    const auto plain = key->open(envelope->sealed);
    if (!plain) return;
    const auto body = wire::ActionBody::parse(
        {reinterpret_cast<const char*>(plain->reveal().data()), plain->reveal().size()});
    if (!body || body->id.text() != arrival.id) return;
    const auto report = wire::FeedbackReport::parse(body->fieldsJson.reveal());
    if (!report) return;
    arrival.opens = true;
    arrival.code = report->trackingCode;
    arrival.text = report->text.reveal();
    for (const auto& ref : body->attachments)
        arrival.pictures.push_back(
            pictureOf(dataDir / "attachments" / arrival.kiosk / ref.sha256, ref, arrival.id));
}

void addFate(Arrival& arrival, SQLite::Database& reports, SQLite::Database& cases) {
    SQLite::Statement row(reports, "SELECT external_number, pictures FROM reports WHERE id = ? AND code = ?");
    row.bind(1, arrival.id);
    row.bind(2, arrival.code);
    for (; row.executeStep(); ++arrival.reports) {
        arrival.number = row.getColumn(0).getString();
        arrival.picturesTold = static_cast<std::size_t>(row.getColumn(1).getInt64());
    }
    SQLite::Statement known(cases, "SELECT number FROM cases WHERE report = ?");
    known.bind(1, arrival.id);
    while (known.executeStep()) arrival.cases.push_back(known.getColumn(0).getString());
}

std::set<std::string> namedFiles(const fs::path& dataDir) {
    std::set<std::string> named;
    auto db = openFile(dataDir / kCity);
    SQLite::Statement row(db, "SELECT kiosk || '/' || sha256 FROM attachments WHERE envelope IS NOT NULL");
    while (row.executeStep()) named.insert(row.getColumn(0).getString());
    return named;
}

std::set<std::string> filesUnder(const fs::path& directory) {
    std::set<std::string> files;
    if (!fs::exists(directory)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(directory))
        if (entry.is_regular_file()) files.insert(fs::relative(entry.path(), directory).string());
    return files;
}

std::size_t count(const fs::path& file, const char* sql) {
    auto db = openFile(file);
    return static_cast<std::size_t>(db.execAndGet(sql).getInt64());
}

}  // namespace

std::vector<Arrival> GatewayBooks::arrivals(const fs::path& dataDir) {
    const auto keys =
        gateway::GatewayKeys::openOrCreate(dataDir / "keys", base::SystemClock().wall()).value();
    auto city = openFile(dataDir / kCity), reports = openFile(dataDir / kReports),
         cases = openFile(dataDir / kCases);
    std::vector<Arrival> all;
    SQLite::Statement row(
        city, "SELECT id, kiosk, state, bytes FROM envelopes JOIN sealed USING (sequence) ORDER BY sequence");
    while (row.executeStep()) {
        Arrival arrival{row.getColumn(0).getString(), row.getColumn(1).getString(),
                        row.getColumn(2).getString()};
        open(arrival, row.getColumn(3).getString(), keys, dataDir);
        addFate(arrival, reports, cases);
        all.push_back(std::move(arrival));
    }
    return all;
}

std::set<std::string> GatewayBooks::ids(const fs::path& dataDir) {
    std::set<std::string> all;
    auto city = openFile(dataDir / kCity);
    SQLite::Statement row(city, "SELECT id FROM envelopes");
    while (row.executeStep()) all.insert(row.getColumn(0).getString());
    return all;
}

std::vector<std::string> GatewayBooks::attachmentFaults(const fs::path& dataDir) {
    std::vector<std::string> faults;
    const auto named = namedFiles(dataDir), there = filesUnder(dataDir / "attachments");
    for (const auto& file : there)
        if (!named.contains(file)) faults.push_back("stray gateway file " + file);
    for (const auto& file : named)
        if (!there.contains(file)) faults.push_back("no gateway file " + file);
    return faults;
}

std::vector<std::string> GatewayBooks::storeFaults(const fs::path& dataDir) {
    std::vector<std::string> faults;
    for (const char* file : {kCity, kReports, kCases}) {
        auto db = openFile(dataDir / file);
        if (db.execAndGet("PRAGMA integrity_check").getString() != "ok")
            faults.push_back(std::string("damaged ") + file);
    }
    auto cases = openFile(dataDir / kCases);
    cases.exec("ATTACH '" + (dataDir / kReports).string() + "' AS city");
    SQLite::Statement row(cases,
                          "SELECT number FROM cases WHERE report NOT IN (SELECT id FROM city.reports)");
    while (row.executeStep()) faults.push_back("case of no report " + row.getColumn(0).getString());
    return faults;
}

std::size_t GatewayBooks::unsettled(const fs::path& dataDir) {
    return count(dataDir / kCity, "SELECT count(*) FROM envelopes WHERE state = 'stored'") +
           count(dataDir / kReports, "SELECT count(*) FROM reports WHERE stage = 'waiting'");
}

void GatewayBooks::forgetTouched(const fs::path& dataDir) {
    openFile(dataDir / kCity, SQLite::OPEN_READWRITE)
        .exec("UPDATE attachments SET touched_at = 0 WHERE envelope IS NULL");
}

}  // namespace tram::test

// What lies on a disk that may have been damaged, or changed by somebody else.
#include "Corpus.h"
#include "Made.h"
#include "device/AgentState.h"

namespace tram::seeds {

void filesCorpus(Corpus into) {
    into.add(0, R"({"online":true,"problem":"","boot_id":"boot-1","since_boot_ms":123456})");
    into.add(1, enrolment().toJson());
    into.add(2, std::string(32, 'k'));
    into.add(3, test::fields().toJson());
    into.add(4, wire::Dsse::sign(std::string(wire::FeedbackFields::kPayloadType), test::fields().toJson(),
                                 "k", fixed::signing())
                    .toJson());
    // Two texts, as msgfmt lays them out.
    const auto little = [](std::uint32_t value) {
        return std::string{static_cast<char>(value), static_cast<char>(value >> 8),
                           static_cast<char>(value >> 16), static_cast<char>(value >> 24)};
    };
    into.add(5, little(0x950412de) + little(0) + little(2) + little(28) + little(44) + little(0) +
                    little(60) + little(0) + little(60) + little(1) + little(61) + little(2) + little(63) +
                    little(7) + little(66) + std::string("\0a\0h\n\0{name}!\0", 14));
    into.add(6, "a,b\n1,\"2,\"\"3\"\"\"\r\n\xC4\x91,\n");
    into.add(7, beginning(resource("content/hotlines.csv"), 4));
    const auto wards = beginning(resource("content/wards.csv"), 4);
    into.add(8, number(wards.size(), 2) + wards + "phuong 4 q3\n" +
                    beginning(resource("content/old_wards.csv"), 2));
    into.add(9, "boot-1 123456");
}

void storeCorpus(Corpus into) {
    for (const char loose : {'\0', '\1'}) {
        into.add(0, std::string(1, loose) + "\1\2not an id\n");
        into.add(0, std::string(1, loose) + "\x0c\2../../../etc/passwd\n\x0d\1" + number(~0ull, 8));
        into.add(0, std::string(1, loose) + "\x06\1" + number(77, 8) + "\x05\1" + number(1ull << 63, 8));
    }
    into.add(1, "");
    for (const std::uint64_t where : {16, 28, 100, 105, 4096, 4100, 8192, 8200, 12'288})
        into.add(1, slip(0, where, '\x55'));
    into.add(1, slip(1, 9000, 0));
    into.add(2, "");
    for (const std::uint64_t where : {0, 8, 16, 32, 40, 56, 100, 4152}) into.add(2, slip(0, where, '\x55'));
    into.add(2, slip(1, 5000, 0));
}

void salvageCorpus(Corpus into) {
    const std::string noPage(1, '\0');
    into.add(0, "SQLite format 3" + std::string(1, '\0') + "\x02");
    into.add(1, number(0x377f0682, 4) + number(3007000, 4) + number(512, 4));
    for (const char mode : {2, 3, 4}) {
        into.add(mode, noPage);
        into.add(mode, std::string("\x01\x00\x01", 3));
        for (const std::uint64_t where : {16, 28, 40, 100, 105, 512, 1030, 2048, 2053, 4100, 8200})
            into.add(mode, noPage + slip(0, where, '\x55'));
        into.add(mode, noPage + slip(1, 2500, 0));
    }
}

/// Every table with each column out of its range, and as bytes; '1' is for rows, '0' for pages.
void booksCorpus(Corpus into) {
    const std::string least = number(std::uint64_t{1} << 63, 8), most = number(~std::uint64_t{0} >> 1, 8);
    into.add('1',
             "attachments.kiosk\n2..\nattachments.sha256\n2../outside\nattachments.touched_at\n1" + least);
    into.add('1',
             "attachments.envelope\n2x\nattachments.kiosk\n2/"
             "tmp\nenvelopes.id\n2x\nenvelopes.state\n2forgetting\n");
    into.add('1', "reports.delivered_at\n1" + least + "reports.pictures_kept\n1" + number(1, 8) +
                      "reports.id\n3x\n");
    into.add('1', "reports.stage\n2done\nreports.closed_at\n1" + least + "reports.id\n2x\n");
    into.add('1', "envelopes.received_at\n1" + least + "envelopes.id\n3x\nreports.tries\n1" + least);
    for (const char* column : {"envelopes.received_at", "heartbeats.at", "calls.at", "reports.due_at",
                               "events.at", "reports.promised_at", "tallies.count", "reports.tallies.count",
                               "kiosks.revoked_at", "kiosks.stolen_since"})
        into.add('1', std::string(column) + "\n1" + most + column + "\n1" + least);
    for (const char* column :
         {"meta.value", "kiosks.key", "kiosks.prefix", "sealed.bytes", "forgotten.bytes_hash", "reports.code",
          "reports.disclosure", "contents.text", "events.state", "tokens.kiosk", "enrolment_codes.used_by",
          "kiosks.succeeds", "reports.secret_hash"})
        into.add('1', std::string(column) + "\n3\xff\n" + column + "\n2x\n" + column + "\n0\n");
    into.add('0', "1" + std::string("\0\0\0\x64\1", 5));
    // At the end: a corpus is numbered, and what was there keeps its name.
    into.add('1', "logins.at\n1" + most + "reports.subject\n2x\nevents.at\n1" + least);
    into.add('1', "reports.subject\n3\xff\nlogins.kiosk\n2x\nlogins.at\n1" + least + "logins.outcome\n0\n");
}

}  // namespace tram::seeds

// What staff do: the log of it, and its heads.
#include "Corpus.h"
#include "Made.h"
#include "ledger/Line.h"

namespace tram::seeds {

void ledgerCorpus(Corpus into) {
    const base::BootTime hour{"boot-1", std::chrono::hours(1)};
    base::WallTime at{};
    base::fromRfc3339("2026-11-21T09:41:07.250+07:00", at);
    const auto first = ledger::write({"0123456789abcdef",
                                      1,
                                      std::string(ledger::kNoHash),
                                      at,
                                      hour,
                                      "chain_begun",
                                      "",
                                      "",
                                      {{"after", "edited"}, {"broken_at", 7}}});
    const auto second = ledger::write({"0123456789abcdef",
                                       2,
                                       first.hash,
                                       at,
                                       hour,
                                       "help_ended",
                                       "S-7",
                                       "Quầy \"3\"",
                                       {{"disposition", "helped"}, {"errands", 2}}});
    into.add(0, first.text);
    into.add(0, second.text);
    for (const char how : {0, 1, 2, 3}) into.add(1, std::string{how, 0, 1, 44, 5});
    into.add(1, "");
    into.add(2, std::string(1, '\0') + first.text + "\n" + second.text + "\n");
    into.add(2,
             "\x01"
             "removed 3\n" +
                 first.text + "\n" + first.text + "\n" + second.text + "\n");
    into.add(2, std::string(1, '\0') + "\n" + first.text + "\n" + second.text.substr(0, 60));
    into.add(3, test::logHead().toJson());
    into.add(3, test::logAcknowledgement().toJson());
}

}  // namespace tram::seeds

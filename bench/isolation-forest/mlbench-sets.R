# Writes public sets of Debian's r-cran-mlbench (Newman & others, UCI repository) into the folder given, one CSV each:
# the numbers, and 1 for an outlier behind them. What counts as an outlier is as in Liu, Ting & Zhou (2008), table 2;
# for glass as in the ODDS library: class 6.
suppressMessages(library(mlbench))
folder <- commandArgs(trailingOnly = TRUE)[1]

save_set <- function(name, columns, outlier) {
  numbers <- data.frame(lapply(columns, function(column) as.numeric(as.character(column))))
  rows <- cbind(numbers, as.integer(outlier))
  rows <- rows[complete.cases(rows), ]
  write.table(rows, file.path(folder, paste0(name, ".csv")), sep = ",", row.names = FALSE, col.names = FALSE)
}

data(Shuttle, Satellite, BreastCancer, Ionosphere, PimaIndiansDiabetes, Glass)
shuttle <- Shuttle[Shuttle$Class != "High", ]
save_set("shuttle", shuttle[, -10], shuttle$Class != "Rad.Flow")
save_set("satellite", Satellite[, -37], Satellite$classes %in% c("cotton crop", "damp grey soil", "vegetation stubble"))
save_set("breastw", BreastCancer[, 2:10], BreastCancer$Class == "malignant")
save_set("ionosphere", Ionosphere[, 3:34], Ionosphere$Class == "bad")
save_set("pima", PimaIndiansDiabetes[, -9], PimaIndiansDiabetes$diabetes == "pos")
save_set("glass", Glass[, -10], Glass$Type == 6)
